import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';

export interface Town {
  name: string;
  /** How many 丁目 it has; 0 where it has none. */
  chome: number;
  /** 住居表示 (2番3号), or the number of the lot (12番地の3). */
  numbering: 'BLOCK' | 'LOT';
}

export interface Area {
  /** What every address in it begins with. */
  prefix: string;
  rural: boolean;
  towns: Town[];
}

/** Real towns and their real numbers of 丁目; what stands on them in this network is made up. */
const BUNKYO = urban('東京都文京区', [
  ...blocks({ 大塚: 6, 音羽: 2, 春日: 2, 小石川: 5, 後楽: 2, 小日向: 4, 水道: 2, 関口: 3, 千石: 4 }),
  ...blocks({ 千駄木: 5, 西片: 2, 根津: 2, 白山: 5, 本駒込: 6, 本郷: 7, 向丘: 2, 目白台: 3, 湯島: 4 }),
]);

const SHINJUKU = urban('東京都新宿区', [
  ...blocks({ 大久保: 3, 歌舞伎町: 2, 上落合: 3, 北新宿: 4, 下落合: 4, 新宿: 7, 高田馬場: 4, 戸山: 3 }),
  ...blocks({ 中井: 2, 中落合: 4, 西落合: 4, 西新宿: 8, 西早稲田: 3, 百人町: 4 }),
  ...lots({ 市谷加賀町: 2, 神楽坂: 6, 信濃町: 0, 矢来町: 0 }),
]);

const SUGINAMI = urban('東京都杉並区', [
  ...blocks({ 阿佐谷北: 6, 阿佐谷南: 3, 天沼: 3, 井草: 5, 和泉: 4, 永福: 4, 荻窪: 5, 上荻: 4, 久我山: 5 }),
  ...blocks({ 高円寺北: 4, 高円寺南: 5, 善福寺: 4, 成田東: 5, 西荻北: 5, 西荻南: 4 }),
  ...blocks({ 浜田山: 4, 方南: 2, 宮前: 5 }),
]);

const KUNITACHI = urban('東京都国立市', [
  ...lots({ 青柳: 3, 石田: 0, 泉: 5, 北: 3, 中: 3, 西: 3, 東: 4, 富士見台: 4, 谷保: 0 }),
]);

const YOKOHAMA = urban('神奈川県横浜市', [
  ...blocks({ 西区平沼: 2, 南区大岡: 5, 港北区大倉山: 7, 港北区菊名: 7, 港北区日吉: 7, 鶴見区鶴見中央: 5 }),
  ...blocks({ 中区本牧原: 0, 戸塚区汲沢: 8 }),
  ...lots({ 中区石川町: 5, 中区本町: 6, 中区山下町: 0, 中区山手町: 0, 南区井土ケ谷下町: 0, 南区蒔田町: 0 }),
  ...lots({ 港北区篠原町: 0, 青葉区市ケ尾町: 0, 青葉区荏田町: 0, 戸塚区戸塚町: 0 }),
]);

const YAMATSURI = rural('福島県東白川郡矢祭町', [
  ...lots({ 大字東舘: 0, 大字東舘字舘本: 0, 大字小田川: 0, 大字関岡: 0, 大字内川: 0, 大字宝坂: 0 }),
  ...lots({ 大字金沢: 0, 大字戸塚: 0, 大字中石井: 0, 大字下石井: 0, 大字上関河内: 0, 大字下関河内: 0 }),
  ...lots({ 大字大垬: 0, 大字高野: 0, 大字茗荷: 0, 大字山下: 0 }),
]);

const AREAS: Record<LocalGovernmentCode, Area> = {
  '131059': BUNKYO,
  '131041': SHINJUKU,
  '131156': SUGINAMI,
  '132152': KUNITACHI,
  '141003': YOKOHAMA,
  '074829': YAMATSURI,
};

/** Where people came from, or have their family register, besides the municipalities above. */
const ELSEWHERE: Area[] = [
  urban('東京都練馬区', blocks({ 石神井町: 8, 豊玉北: 6 })),
  urban('東京都世田谷区', blocks({ 上祖師谷: 7, 三軒茶屋: 2 })),
  urban('東京都八王子市', lots({ 子安町: 4 })),
  urban('東京都立川市', blocks({ 曙町: 3 })),
  urban('神奈川県川崎市中原区', lots({ 木月: 4, 小杉町: 3 })),
  urban('神奈川県藤沢市', blocks({ 鵠沼海岸: 7 })),
  urban('埼玉県川口市', blocks({ 栄町: 3, 西川口: 6 })),
  urban('埼玉県所沢市', lots({ 東所沢: 5, 緑町: 4 })),
  urban('千葉県船橋市', blocks({ 習志野台: 8, 本町: 7 })),
  urban('千葉県松戸市', lots({ 小金原: 9, 常盤平: 7 })),
  urban('北海道札幌市中央区', lots({ 円山西町: 10 })),
  urban('宮城県仙台市青葉区', blocks({ 国見: 6 })),
  urban('福島県郡山市', blocks({ 菜根: 5 })),
  rural('福島県東白川郡塙町', lots({ 大字塙: 0, 大字植田: 0 })),
  rural('茨城県久慈郡大子町', lots({ 大字大子: 0, 大字下野宮: 0 })),
  urban('新潟県長岡市', blocks({ 今朝白: 3 })),
  urban('石川県金沢市', blocks({ 泉野町: 6 })),
  urban('長野県松本市', blocks({ 元町: 3 })),
  urban('愛知県名古屋市千種区', blocks({ 今池: 5 })),
  urban('大阪府豊中市', blocks({ 曽根東町: 6, 本町: 9 })),
  urban('兵庫県西宮市', blocks({ 甲子園口: 6 })),
  urban('広島県広島市西区', blocks({ 己斐本町: 3 })),
  urban('福岡県福岡市早良区', blocks({ 西新: 7, 藤崎: 2 })),
  urban('鹿児島県鹿児島市', blocks({ 荒田: 2 })),
  urban('沖縄県那覇市', lots({ 古島: 2, 首里石嶺町: 4 })),
];

export function areaOf(municipality: LocalGovernmentCode): Area {
  const area = AREAS[municipality];
  if (area === undefined) throw new RangeError(`no towns are listed for ${municipality}`);
  return area;
}

export function areasBeyond(home: Area): { near: Area[]; far: Area[] } {
  return { near: Object.values(AREAS).filter((area) => area !== home), far: ELSEWHERE };
}

function urban(prefix: string, towns: Town[]): Area {
  return { prefix, rural: false, towns };
}

function rural(prefix: string, towns: Town[]): Area {
  return { prefix, rural: true, towns };
}

function blocks(chomeByName: Record<string, number>): Town[] {
  return Object.entries(chomeByName).map(([name, chome]) => ({ name, chome, numbering: 'BLOCK' }));
}

function lots(chomeByName: Record<string, number>): Town[] {
  return Object.entries(chomeByName).map(([name, chome]) => ({ name, chome, numbering: 'LOT' }));
}
