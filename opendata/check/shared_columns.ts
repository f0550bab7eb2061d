/** Columns that several sheets share word for word, by the line that stands for them. */
export const SHARED: Readonly<Record<string, string>> = {
  "@location": `
所在地_全国地方公共団体コード : code
町字ID : town
所在地_連結表記 : text : required
所在地_都道府県 : text
所在地_市区町村 : text
所在地_町字 : text
所在地_番地以下 : text
建物名等(方書) : text
`,
  "@contact": `
内線番号 : digits
連絡先メールアドレス : email
連絡先FormURL : url
連絡先備考（その他、SNSなど） : text
郵便番号 : postal
`,
  "@accessibility": `
車椅子可 : 可|不可
車椅子貸出 : 有|無
ツエ貸出 : 有|無
バリアフリートイレ : 有|無
スロープ、エレベータ、エスカレータ : 有|無
点字ブロック等の移動支援 : 有|無
点字や読上による支援 : 有|無
盲導犬・介助犬、聴導犬同伴 : 有|無
字幕 : 有|無
筆談対応 : 有|無
優先駐車場 : 有|無
オストメイト対応トイレ : 有|無
`,
  "@children": `
授乳室 : 有|無
おむつ替えコーナー : 有|無
飲食可否 : 可|不可
ベビーカー貸出 : 有|無
ベビーカー利用 : 有|無
`,
};
