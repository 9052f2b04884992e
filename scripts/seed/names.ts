import type { Sex } from '#core/domain/identification-information.js';

/** A surname or a given name with its reading in katakana. */
export interface Written {
  text: string;
  reading: string;
}

/** A foreign resident's name, with what decides how and when such a person came. */
export interface ForeignName extends Written {
  sex: Sex;
  commonName: string | null;
  nationality: string;
  residenceStatus: string;
  /** The country as a previous address names it. */
  country: string;
}

const COMMON_SURNAMES = written(`
  佐藤/サトウ 鈴木/スズキ 高橋/タカハシ 田中/タナカ 伊藤/イトウ 渡辺/ワタナベ 山本/ヤマモト 中村/ナカムラ
  小林/コバヤシ 加藤/カトウ 吉田/ヨシダ 山田/ヤマダ 佐々木/ササキ 山口/ヤマグチ 松本/マツモト 井上/イノウエ
  木村/キムラ 林/ハヤシ 斎藤/サイトウ 清水/シミズ 山崎/ヤマザキ 森/モリ 池田/イケダ 橋本/ハシモト
  阿部/アベ 石川/イシカワ 山下/ヤマシタ 中島/ナカジマ 石井/イシイ 小川/オガワ 前田/マエダ 岡田/オカダ
  長谷川/ハセガワ 藤田/フジタ 後藤/ゴトウ 近藤/コンドウ 村上/ムラカミ 遠藤/エンドウ 青木/アオキ 坂本/サカモト
  福田/フクダ 太田/オオタ 西村/ニシムラ 藤井/フジイ 金子/カネコ 岡本/オカモト 藤原/フジワラ 三浦/ミウラ
  中野/ナカノ 中川/ナカガワ 原田/ハラダ 松田/マツダ 竹内/タケウチ 小野/オノ 田村/タムラ 中山/ナカヤマ
  和田/ワダ 石田/イシダ 森田/モリタ 上田/ウエダ 原/ハラ 内田/ウチダ 柴田/シバタ 酒井/サカイ
  宮崎/ミヤザキ 横山/ヨコヤマ 高木/タカギ 安藤/アンドウ 宮本/ミヤモト 大野/オオノ 小島/コジマ 工藤/クドウ
  谷口/タニグチ 今井/イマイ 高田/タカダ 増田/マスダ 丸山/マルヤマ 杉山/スギヤマ 大塚/オオツカ 新井/アライ
`);

/** Characters that character sets and conversion tables lose: variants, one beyond the first plane. */
export const VARIANT_SURNAMES = written(`
  髙橋/タカハシ 山﨑/ヤマザキ 𠮷田/ヨシダ 渡邉/ワタナベ 渡邊/ワタナベ 濵田/ハマダ 齋藤/サイトウ 栁沢/ヤナギサワ 桒原/クワバラ
`);

/** The first two are sequences that a font for the Moji_Joho collection lacks, the others ones that it has. */
export const SEQUENCE_SURNAMES = written(`
  葛\u{E0100}城/カツラギ 辻\u{E0100}/ツジ 榊\u{E0102}/サカキ 樋\u{E0102}口/ヒグチ
`);

export const SURNAMES = [...COMMON_SURNAMES, ...VARIANT_SURNAMES, ...SEQUENCE_SURNAMES];

/** From those of people born in the 1920s to those of today's children. */
const MALE_NAMES = written(`
  正/タダシ 清/キヨシ 茂/シゲル 三郎/サブロウ 勇/イサム 昭二/ショウジ 義雄/ヨシオ 和夫/カズオ 勝/マサル 弘/ヒロシ
  武/タケシ 進/ススム 幸一/コウイチ 隆/タカシ 修/オサム 博之/ヒロユキ 誠/マコト 浩二/コウジ 明/アキラ 豊/ユタカ
  英樹/ヒデキ 健一/ケンイチ 直樹/ナオキ 秀明/ヒデアキ 哲也/テツヤ 剛/ツヨシ 学/マナブ 雅彦/マサヒコ 徹/トオル 淳/ジュン
  大輔/ダイスケ 健太郎/ケンタロウ 智也/トモヤ 亮/リョウ 拓也/タクヤ 翔太/ショウタ 達也/タツヤ 雄一/ユウイチ 慎也/シンヤ 陽介/ヨウスケ
  健太/ケンタ 大樹/ダイキ 翼/ツバサ 直人/ナオト 蓮/レン 颯太/ソウタ 大翔/ヒロト 悠斗/ユウト 陽斗/ハルト 湊/ミナト
  樹/イツキ 朝陽/アサヒ 奏太/カナタ 蒼/アオイ 律/リツ 悠真/ユウマ 陸/リク 結翔/ユイト 晴/ハル 暖/ダン
`);

const FEMALE_NAMES = written(`
  ハル/ハル キヨ/キヨ トミ/トミ 千代/チヨ 文子/フミコ 静江/シズエ 久子/ヒサコ 和子/カズコ 節子/セツコ 幸子/サチコ
  洋子/ヨウコ 敏子/トシコ 美智子/ミチコ 恵子/ケイコ 京子/キョウコ 裕子/ユウコ 由美子/ユミコ 真由美/マユミ 久美子/クミコ 明美/アケミ
  智子/トモコ 陽子/ヨウコ 純子/ジュンコ 直美/ナオミ 香織/カオリ 恵/メグミ 美穂/ミホ 麻衣/マイ 愛/アイ 裕美/ヒロミ
  綾/アヤ 舞/マイ 彩/アヤ 千尋/チヒロ 沙織/サオリ 由佳/ユカ 麻美/アサミ 奈々/ナナ 美咲/ミサキ 早紀/サキ
  彩香/アヤカ 優花/ユウカ 桃子/モモコ 七海/ナナミ 遥/ハルカ 陽菜/ヒナ 結衣/ユイ 葵/アオイ 結菜/ユナ 凛/リン
  咲良/サクラ 心春/コハル 芽依/メイ 紬/ツムギ 莉子/リコ 杏/アン 花/ハナ 美桜/ミオ ひまり/ヒマリ 澪/ミオ
`);

export const GIVEN_NAMES: Record<Sex, Written[]> = { MALE: MALE_NAMES, FEMALE: FEMALE_NAMES };

export const FOREIGN_NAMES: ForeignName[] = [
  ...people('韓国', '大韓民国', [
    'MALE/KIM YONGSU/キム ヨンス/特別永住者/金本 太郎',
    'FEMALE/PARK JIHYE/パク ジヘ/特別永住者/木下 智恵',
    'MALE/LEE MINHO/イ ミンホ/留学',
  ]),
  ...people('中国', '中華人民共和国', [
    'FEMALE/王 美玲/オウ ビレイ/永住者/玉木 美玲',
    'MALE/張 偉/チョウ イ/技術・人文知識・国際業務',
    'FEMALE/劉 暁燕/リュウ ギョウエン/留学',
  ]),
  ...people('フィリピン', 'フィリピン共和国', [
    'FEMALE/SANTOS MARIA CRISTINA/サントス マリア クリスティナ/永住者/山本 マリア',
    'FEMALE/REYES ANGELICA/レイエス アンジェリカ/定住者',
  ]),
  ...people('ブラジル', 'ブラジル連邦共和国', [
    'MALE/OLIVEIRA TANAKA MARCOS/オリヴェイラ タナカ マルコス/定住者/田中 マルコス',
    'FEMALE/PEREIRA JULIANA/ペレイラ ジュリアナ/永住者',
  ]),
  ...people('ベトナム', 'ベトナム社会主義共和国', [
    'MALE/NGUYEN VAN HUNG/グエン ヴァン フン/技能実習',
    'FEMALE/TRAN THI LAN/チャン ティ ラン/留学',
  ]),
  ...people('米国', 'アメリカ合衆国', [
    'MALE/MILLER JAMES ROBERT/ミラー ジェームズ ロバート/永住者',
    'FEMALE/CARTER EMILY/カーター エミリー/技術・人文知識・国際業務',
  ]),
  ...people('ネパール', 'ネパール連邦民主共和国', ['MALE/GURUNG BISHAL/グルン ビシャル/技能']),
  ...people('インド', 'インド', ['MALE/SHARMA RAJESH/シャルマ ラジェシュ/技術・人文知識・国際業務']),
];

function written(list: string): Written[] {
  return list
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [text = '', reading = ''] = entry.split('/');
      return { text, reading };
    });
}

function people(nationality: string, country: string, list: string[]): ForeignName[] {
  return list.map((entry) => {
    const [sex, text = '', reading = '', residenceStatus = '', commonName = null] = entry.split('/');
    return { sex: sex as Sex, text, reading, commonName, nationality, residenceStatus, country };
  });
}
