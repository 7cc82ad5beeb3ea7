import { fragment } from "../report/html_elements.ts";
import { htmlPage } from "../report/page_head.ts";
import { reportCss } from "../report/style.ts";
import type { BeyondData } from "./beyond_data.ts";
import { beyondChapter } from "./chapter.ts";

/** What a page says besides. */
export interface BeyondPage {
  /** Things that must not be overlooked. */
  readonly notices: readonly string[];
  /** The command that makes it again. */
  readonly command: string;
}

/**
 * The chapter on other networks and tasks as a page of its own: one file that needs no network, no
 * script and no other file.
 *
 * @param data What was measured.
 * @param page What else it says.
 */
export function beyondHtml(data: BeyondData, { notices, command }: BeyondPage): string {
  const content = fragment`${
    notices.map((notice) => fragment`<p class="notice" role="note">${notice}</p>`)
  }
${beyondChapter(data)}
<h2>How to reproduce</h2>
<pre><code>${command}</code></pre>
<footer>Made by heatword.</footer>`;
  const title = "Beyond the paper: other networks, other tasks";
  return htmlPage({ title, css: reportCss(), content });
}
