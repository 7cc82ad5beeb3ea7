/** The files of a `punkt_tab` folder. */
export const PUNKT_TAB_FILES: Readonly<
  Record<"abbrevTypes" | "collocations" | "sentStarters" | "orthoContext", string>
> = {
  abbrevTypes: "abbrev_types.txt",
  collocations: "collocations.tab",
  sentStarters: "sent_starters.txt",
  orthoContext: "ortho_context.tab",
};
