import type { TextReading } from "../../text_reader.ts";

/** How a model that was made in code and names no tokenizer reads texts: at white space. */
export const plainReading: TextReading = { tokenizer: "whitespace", options: {} };
