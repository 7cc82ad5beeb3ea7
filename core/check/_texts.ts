/** A plain text: letters, blanks, and little punctuation. */
export const plainText =
  "The ride was long, but the engines never stop; the moon is near and the fuel is good.";

/** Texts that are easily forgotten, by what they are. */
export const awkwardTexts: Readonly<Record<string, string>> = {
  "that is plain": plainText,
  "of no word": "",
  "of blanks": " \t\n\r\u00a0\u2003 ",
  "of one word": "ride",
  "of one word, many times": "ride ride ride Ride ride",
  "of punctuation": "... !? (--) […] \"'",
  "of numbers": "3.14 1,000 2024-01-02",
  "with combining marks": "cafe\u0301 nai\u0308ve Z\u0351\u036b\u0343a\u0343lgo",
  "with emoji": "👩‍👩‍👧‍👦 love 🇺🇳 👍🏽 ok",
  "with lone surrogates": "a \ud800 b \udc00c \ud83d",
  "from right to left": "שלום עולם مرحبا بالعالم",
  "without blanks": "我愛自然語言處理。今日は",
  "with markup": "<b>bold</b> &amp; <script>alert(1)</script>",
  "with control characters": "a\0b\u0007 \u200b\u2028c",
  "with a byte order mark": "\ufeffThe ride",
  "with joiners and marks of direction": "a\u200d\u200cb \u202eevil\u202c \u2067ride\u2069 ❤\ufe0f",
  "with a very long word": `the ${"ride".repeat(2500)} is long`,
  "of many lines": 'a\r\nb\n\n\nc\rd\u2029e "f" \\n {"texts": []}',
};

/** A plain text of some words. */
export function longText(words: number): string {
  const plain = plainText.split(" ");
  return Array.from({ length: words }, (_, i) => plain[i % plain.length]).join(" ");
}
