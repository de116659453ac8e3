import type { Carrier } from '@np-hub/model';

/**
 * makeshop's 配送業者コード. Codes: observed in public client code. Which of them NP takes: the carriers of the NP
 * manual (confirmed, https://manual.makeshop.jp/hc/ja/articles/24273934945305). That manual turns mail services away
 * ("クロネコDM便などのメール便には対応しておりません"), so they are `unsupported`. 000 means that no carrier was chosen
 * and is read as none; 005 has never been seen and stays unmapped.
 */
export const carrierCodes: Readonly<Record<string, Carrier>> = {
  '001': 'yu-pack', // ゆうパック
  '002': 'yamato', // クロネコヤマト
  '003': 'sagawa', // 佐川急便
  '004': 'unsupported', // 国際スピード郵便(USPS)
  '006': 'seino', // 西濃運輸
  '007': 'fukuyama', // 福山通運
  '008': 'unsupported', // EMS国際スピード郵便
  '009': 'unsupported', // ゆうパック代金引換小包
  '010': 'registered-mail', // ゆうパック書留
  '011': 'unsupported', // レターパック500
  '012': 'next-morning-mail', // 翌朝10時郵便
  '013': 'meitetsu', // 名鉄運輸
  '014': 'unsupported', // OCS
  '015': 'unsupported', // 普通郵便
  '016': 'unsupported', // 普通郵便(代引き)
  '017': 'tonami', // トナミ運輸
  '018': 'toll-express', // トールエクスプレスジャパン, today JPロジスティクス (assumed to be the same code)
  '019': 'ecohai', // エコ配
  '020': 'unsupported', // レターパック350
  '021': 'seino-super-express', // セイノースーパーエクスプレス: not in that list, but NP has a code of its own for it
  '022': 'niigata', // 新潟運輸
  '023': 'unsupported', // DHL
  '024': 'unsupported', // 第一貨物
  '025': 'yu-packet', // ゆうパケット
  '026': 'unsupported', // ポスパケット
  '027': 'yu-packet', // クリックポスト: in that list; the code is SBPS's reading ("Yu-Packet incl. Clickpost")
  '028': 'unsupported', // スマートレター
  '029': 'yamato', // 宅急便コンパクト: not in that list; a parcel service, counted as Yamato by SBPS (assumed here)
  '030': 'unsupported', // ネコポス
  '031': 'unsupported', // クロネコDM便
};

export const noCarrierCode = '000';
