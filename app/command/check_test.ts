import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../hiraku.ts", import.meta.url));
const HEADER =
  "全国地方公共団体コード,法人番号,ID,地方公共団体名,名称,名称_カナ,名称_英語,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,設置者,電話番号,内線番号,連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,郵便番号,SSID,提供エリア,URL,備考";

function row(
  id: string,
  kana: string,
  address = "佐賀県佐賀市栄町1-1",
): string {
  return `412015,,${id},佐賀県佐賀市,市役所,${kana},,412015,,${address},佐賀県,佐賀市,栄町,1-1,,33.249350,130.299792,,,,,,,,,,,`;
}

async function inEmptyFolder(
  use: (
    folder: string,
    check: (...args: string[]) => Promise<{ code: number; said: string }>,
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "hiraku-check-" });
  try {
    await use(folder, async (...args) => {
      const { code, stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", PROGRAM, "check", ...args],
        cwd: folder,
        env: { NODE_OPTIONS: "--no-warnings" },
        stderr: "null",
      }).output();
      return { code, said: new TextDecoder().decode(stdout) };
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("hiraku check answers 0, 1 or 2 for clean, faulty and misunderstood, and makes no installation", async () => {
  await inEmptyFolder(async (folder, check) => {
    const name = "412015_public_wireless_lan.csv";
    const write = (...rows: string[]) =>
      Deno.writeTextFile(
        `${folder}/${name}`,
        `\uFEFF${[HEADER, ...rows].join("\r\n")}\r\n`,
      );
    await write(row("EE01", "シヤクショ"));
    const clean = await check(name, "--municipality", "412015", "--json");
    assert.equal(clean.code, 0, clean.said);
    assert.deepEqual(JSON.parse(clean.said).findings, []);

    await write(row("EE01", "ｼﾔｸｼｮ"), row("EE01", "シヤクショ", ""));
    const faulty = await check(name, "--corrected", "out.csv");
    assert.equal(faulty.code, 1);
    assert.match(faulty.said, /2 F 名称_カナ: warning half_width_kana/);
    assert.match(faulty.said, /3 J 所在地_連結表記: error missing_value/);
    assert.match(faulty.said, /修正案 "シヤクショ"/);
    const out = await Deno.readTextFile(`${folder}/out.csv`);
    assert.match(out, /"シヤクショ"/);
    assert.doesNotMatch(out, /ｼﾔｸｼｮ/);
    const english = await check(name, "--language", "en");
    assert.match(english.said, /Half-width kana/);

    for (
      const wrong of [
        [],
        ["nowhere.csv"],
        [name, "--sheet", "99"],
        [name, "--municipality", "412016"],
        [name, "--corrected", name],
        [name, "--colour"],
      ]
    ) assert.equal((await check(...wrong)).code, 2, `${wrong}`);

    const left: string[] = [];
    for await (const one of Deno.readDir(folder)) left.push(one.name);
    assert.deepEqual(left.toSorted(), [name, "out.csv"]);
  });
});
