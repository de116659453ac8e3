import { addressMatches, type PostalArea } from './postal.js';

const area = (prefecture: string, city: string, town = ''): PostalArea => ({ prefecture, city, town });
const minato = area('東京都', '港区', '赤坂');
const sapporo = area('北海道', '札幌市中央区', '北一条西');
const mizuho = area('東京都', '西多摩郡瑞穂町', '箱根ケ崎');
const kamagaya = area('千葉県', '鎌ケ谷市', '新鎌ケ谷');

describe('addressMatches', () => {
  it.each<[string, PostalArea]>([
    ['東京都港区赤坂1-2-3', minato],
    ['港区赤坂1-2-3', minato],
    ['東京港区赤坂', minato],
    ['東京(23区内)港区赤坂', minato],
    ['東京（２３区内）　港区赤坂', minato],
    ['東京都 港区　赤坂', minato],
    ['〒107-0052 東京都港区赤坂', minato],
    ['東京都港区アカサカ', minato],
    ['北海道札幌市中央区北１条西', sapporo],
    ['札幌市中央区北一条西2', sapporo],
    ['北海道札幌市北一条西2', sapporo],
    ['東京都西多摩郡瑞穂町大字箱根ヶ崎', mizuho],
    ['東京都瑞穂町箱根ケ崎', mizuho],
    ['千葉県鎌ヶ谷市新鎌ヶ谷', kamagaya],
    ['千葉県鎌ケ谷市新鎌ケ谷', kamagaya],
    ['千葉県鎌が谷市新鎌が谷', kamagaya],
    ['茨城県龍ヶ崎市', area('茨城県', '龍ケ崎市')],
    ['茨城県竜ケ崎市', area('茨城県', '龍ケ崎市')],
    ['福島県郡山市朝日', area('福島県', '郡山市', '朝日')],
    ['奈良県大和郡山市北郡山町', area('奈良県', '大和郡山市', '北郡山町')],
  ])('%s belongs to %j', (address, expected) => {
    expect(addressMatches(address, [expected])).toBe(true);
  });

  it.each<[string, PostalArea]>([
    ['東京都渋谷区神宮前', minato],
    ['大阪府港区赤坂', minato],
    ['大阪府大阪市港区', minato],
    ['東京都赤坂港区', minato],
    ['赤坂1-2-3', minato],
    ['', minato],
    ['東京都', minato],
    ['北海道札幌市北区北一条西', sapporo],
    ['北海道札幌市豊平', sapporo],
    ['大阪府大阪市西区梅田', area('大阪府', '大阪市北区')],
    ['東京都西多摩郡奥多摩町', mizuho],
    ['千葉県鎌倉市', kamagaya],
    ['山市朝日', area('福島県', '郡山市', '朝日')],
  ])('%s does not belong to %j', (address, expected) => {
    expect(addressMatches(address, [expected])).toBe(false);
  });

  it('is content with one of several areas', () => {
    expect(addressMatches('東京都港区赤坂', [sapporo, minato])).toBe(true);
    expect(addressMatches('東京都港区赤坂', [])).toBe(false);
  });
});
