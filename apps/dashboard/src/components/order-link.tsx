import { Link } from 'react-router';
import type { ReactNode } from 'react';

interface Props {
  readonly row: {
    readonly shopId: string;
    readonly id: string;
    readonly orderNumber: string;
    readonly shopName: string;
  };
  /** Beside the number, such as the buyer's name. */
  readonly children?: ReactNode;
  /** After the shop's name. */
  readonly aside?: ReactNode;
}

/** A row's order as the link that the keys walk through, with its shop below. */
export function OrderLink({ row, children, aside }: Props) {
  return (
    <>
      <Link
        to={`/transactions/${encodeURIComponent(row.shopId)}/${encodeURIComponent(row.id)}`}
        className="row-link"
      >
        {row.orderNumber}
      </Link>{' '}
      {children}
      <span className="cell-small">
        {row.shopName}
        {aside}
      </span>
    </>
  );
}
