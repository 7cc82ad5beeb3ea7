import { Html, inlineSvg } from "../report/html_elements.ts";

/** A figure's file as part of the page, with a class of its own, so that dark pages can recolour it. */
export function drawn(file: string | undefined): Html {
  return new Html(
    inlineSvg(file).source.replace("<svg ", '<svg class="drawn" ')
      .replace(' style="max-width:100%;height:auto"', "")
      // Only what has a role may have a name of its own.
      .replaceAll(/(<(?:g|rect)\b[^>]*) aria-label="[^"]*"/g, "$1"),
  );
}
