/**
 * Text as a search compares it: one width, small letters, hiragana for
 * katakana, no long-vowel marks at the end of words and one space between them.
 */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase()
    .replace(
      /[ァ-ヶ]/g,
      (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60),
    )
    .replace(/([ぁ-ん])ー(?![ぁ-んー])/g, "$1")
    .replace(/[\s・/／,、。]+/g, " ")
    .trim();
}
