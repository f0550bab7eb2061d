import { corrected, type Read } from "./reading.ts";

const DASHES = /[‐‑‒–—―−ー－]/g;

/** A telephone number as DS-445 writes it. */
export function readPhone(text: string): Read {
  const bare = text.replaceAll(DASHES, "-").replaceAll(" ", "");
  if (/^0(120|800|570|990)-?\d{3}-?\d{3}$/.test(bare)) {
    const value = bare.includes("-")
      ? bare
      : `${bare.slice(0, 4)}-${bare.slice(4)}`;
    return corrected(text, value, "phone_form");
  }
  if (/^0800-?\d{3}-?\d{4}$/.test(bare)) {
    return corrected(text, bare, "phone_form");
  }
  const mobile = /^\(?(0[5-9]0)[)-]?(\d{4})-?(\d{4})$/.exec(bare);
  if (mobile !== null) {
    const value = mobile.slice(1).join("-");
    return corrected(text, value, "phone_form");
  }
  const parts = /^\(?(0\d{1,4})[)-](\d{1,4})-(\d{4})$/.exec(bare);
  if (parts !== null) {
    const [, area = "", local = "", line = ""] = parts;
    // A Japanese number has ten digits, the leading zero included.
    if (area.length + local.length !== 6) return { code: "invalid_phone" };
    return corrected(text, `(${area})${local}-${line}`, "phone_form");
  }
  return /^0\d{9}$/.test(bare)
    ? { code: "phone_form" }
    : { code: "invalid_phone" };
}

export function readUrl(text: string): Read {
  const repaired = text.replace(
    /^h?ttps?:?\/\/?(?=[^/])/i,
    (scheme) => /s/i.test(scheme) ? "https://" : "http://",
  );
  const list = repaired.split(";");
  if (!list.every(isUrl)) return { code: "invalid_url" };
  return corrected(text, repaired, "url_form");
}

function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]+\.[^\s]+$/.test(text) && URL.canParse(text);
}

export function readEmail(text: string): Read {
  return /^[^\s@,;]+@[^\s@,;]+\.[A-Za-z]{2,}$/.test(text)
    ? { value: text }
    : { code: "invalid_email" };
}

export function readPostal(text: string): Read {
  if (/^\d{7}$|^\d{3}-\d{4}$/.test(text)) return { value: text };
  const bare = text.replace(/^〒/, "").replaceAll(DASHES, "-");
  if (/^\d{6}$/.test(bare)) return { code: "lost_zero", value: `0${bare}` };
  return /^\d{7}$|^\d{3}-\d{4}$/.test(bare)
    ? { code: "unit_in_number", value: bare }
    : { code: "invalid_postal" };
}
