import type { FileLayout } from '@np-hub/kit';

/**
 * The deposit CSV, type 「NP」, as サブスクストア and たまごリピート take it in, and NP gives it.
 * confirmed: the eight headers and their order ([V], tamago.temonalab.com/support/manual/123). assumed: figures are whole
 * yen, with or without commas, and NP's own download has the same headers. ご購入者名 is no column here: it is never read.
 */
export const depositFile: FileLayout<never> = {
  id: 'np-deposits',
  label: { ja: 'NPの入金CSV', en: 'NP’s CSV of deposits' },
  help: {
    ja: '通番、NP取引ID、加盟店取引ID、ご購入者名、取引総額、NP手数料(税抜)、NP手数料消費税、お支払総額のCSVです。ご購入者名は読み取らず、保存もしません。',
    en: 'The CSV of NP’s deposits, one line a transaction. The buyer’s name in it is never read or kept.',
  },
  columns: {
    serial: { label: { ja: '通番', en: 'Serial number' }, headers: ['通番', 'No', 'No.'] },
    npTransactionId: {
      label: { ja: 'NP取引ID', en: 'NP transaction id' },
      headers: ['NP取引ID', 'NP取引番号'],
      required: true,
    },
    shopTransactionId: {
      label: { ja: '加盟店取引ID', en: 'Shop transaction id' },
      headers: ['加盟店取引ID', '加盟店取引番号'],
    },
    totalYen: { label: { ja: '取引総額', en: 'Total' }, headers: ['取引総額'], required: true },
    feeYen: {
      label: { ja: 'NP手数料(税抜)', en: 'Fee without tax' },
      headers: ['NP手数料(税抜)', 'NP手数料（税抜）', 'NP手数料'],
      required: true,
    },
    taxYen: {
      label: { ja: 'NP手数料消費税', en: 'Tax on the fee' },
      headers: ['NP手数料消費税'],
      required: true,
    },
    paidYen: { label: { ja: 'お支払総額', en: 'Paid out' }, headers: ['お支払総額'], required: true },
  },
  orderNumberOf: (row) => row['shopTransactionId'] ?? '',
};
