/**
 * Where the API has what a file has in columns. `observed`: seen in public client code of the storefront API, in the
 * body of `create_order` and in its answer. `assumed`: no public source shows how orders are listed at all. A shop gives
 * its own paths in `fieldNames`; an empty path leaves a field out.
 */
const observedOrder = {
  billedYen: 'total',
  feeYen: 'charge_total',
  couponYen: 'coupon_adjustment_total',
  rankYen: 'rank_discount',
  adjustmentYen: 'adjustment_total',
  buyerFamilyName: 'client_address.family_name',
  buyerFirstName: 'client_address.first_name',
  buyerFamilyKana: 'client_address.family_name_kana',
  buyerFirstKana: 'client_address.first_name_kana',
  buyerPostalCode: 'client_address.zip_code',
  buyerPrefecture: 'client_address.state_id',
  buyerCity: 'client_address.city',
  buyerAddress: 'client_address.address',
  buyerBuilding: 'client_address.building_name',
  buyerPhone: 'client_address.tel',
  buyerEmail: 'client_address.email',
} as const;

const assumedOrder = {
  orderNumber: 'uid',
  orderedAt: 'ordered_at',
  changedAt: 'updated_at',
  orderStatus: 'order_status',
  creditStatus: 'settlement_status',
  payment: 'payment_method_name',
  npTransactionId: 'np_transaction_id',
  pointsYen: 'use_point_total',
  plannedShipOn: 'scheduled_shipping_on',
  courseNumber: 'course_order_number',
  courseCount: 'course_order_count',
  generated: 'is_generated',
  note: 'note',
  buyerCompany: 'client_address.company_name',
  buyerDepartment: 'client_address.department_name',
} as const;

/** Within each of `shipments`; the address is observed, the rest assumed. `postage` is observed and summed up. */
const shipment = {
  destinationFamilyName: 'shipping_address.family_name',
  destinationFirstName: 'shipping_address.first_name',
  destinationFamilyKana: 'shipping_address.family_name_kana',
  destinationFirstKana: 'shipping_address.first_name_kana',
  destinationCompany: 'shipping_address.company_name',
  destinationDepartment: 'shipping_address.department_name',
  destinationPostalCode: 'shipping_address.zip_code',
  destinationPrefecture: 'shipping_address.state_id',
  destinationCity: 'shipping_address.city',
  destinationAddress: 'shipping_address.address',
  destinationBuilding: 'shipping_address.building_name',
  destinationPhone: 'shipping_address.tel',
  shippingMethod: 'shop_shipping_method_name',
  slipNumber: 'slip_number',
  shippedOn: 'shipped_on',
} as const;

/** Within each item of `order_items`: quantity and total are observed, the name is assumed. */
const item = { productName: 'name', quantity: 'quantity', lineYen: 'total_includes_tax' } as const;

export const apiFields = { order: { ...observedOrder, ...assumedOrder }, shipment, item } as const;
export const itemKinds = ['products', 'set_products', 'regular_courses', 'distribution_courses'] as const;
