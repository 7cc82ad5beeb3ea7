/** A picture that the documents show, and how it is made. */
export interface Picture {
  /** Its name in docs/images. */
  readonly file: string;
  /** What is seen on it: the page, or a command in a terminal. */
  readonly of: "page" | "terminal";
  readonly colorScheme: "light" | "dark";
  /** Width and height of what is seen, in pixels; a terminal is as high as its lines. */
  readonly size: readonly [number, number];
}

/** Every picture that the documents show. */
export const pictures: readonly Picture[] = [
  { file: "page.png", of: "page", colorScheme: "light", size: [1280, 860] },
  { file: "page-dark.png", of: "page", colorScheme: "dark", size: [1280, 860] },
  { file: "page-phone.png", of: "page", colorScheme: "light", size: [390, 844] },
  { file: "terminal.png", of: "terminal", colorScheme: "light", size: [948, 1] },
  { file: "terminal-dark.png", of: "terminal", colorScheme: "dark", size: [948, 1] },
];
