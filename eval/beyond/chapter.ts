import { deletionPlot } from "../plots/deletion_plot.ts";
import { figure, fragment, type Html, inlineSvg, table } from "../report/html_elements.ts";
import type { BeyondData } from "./beyond_data.ts";
import { beyondAnswer, beyondTables } from "./rows.ts";

/**
 * The chapter of the report on other networks and tasks.
 *
 * @param data What was measured.
 * @returns HTML, from below the heading.
 */
export function beyondChapter(data: BeyondData): Html {
  const tables = beyondTables(data).map(({ caption, columns, rows }) =>
    table({ caption: fragment`${caption}`, columns, rows, numbers: true })
  );
  const plots = data.tasks.flatMap((task) =>
    task.models.map((model) => {
      const two = model.deletion.filter(({ documents }) => documents > 0)
        .map((experiment) => inlineSvg(deletionPlot(experiment)));
      return two.length > 0 &&
        figure(
          fragment`${two}`,
          fragment`${model.name} on ${task.name}: accuracy against deleted words.`,
        );
    }).filter((one) => one !== false)
  );
  return fragment`<p>The paper names character-based and recurrent networks and further tasks as future work. Here its
two experiments of word deletion are done with them. ${beyondAnswer(data)}</p>
<p>LRP is called better where its curve is lower for documents that are classified correctly at first, and higher for
the others; the 95 % interval is a paired BCa bootstrap over documents, and a statement needs the whole of it.</p>
${tables}
${plots}`;
}
