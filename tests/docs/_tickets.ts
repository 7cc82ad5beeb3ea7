import { Random } from "@heatword/core";
import { stringify } from "@std/csv";

/** What tickets of each class are about. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  billing: "refund invoice charged card payment amount receipt price twice euros".split(" "),
  delivery: "parcel courier shipment arrived tracking box damaged street late driver".split(" "),
  login: "password account reset code email locked username page link signed".split(" "),
};

const common =
  "please help me with my order i have been waiting since monday and nobody told us what to do about it thank you for your answer"
    .split(" ");

/** Tickets of three classes, 100 of each. */
export function tickets(seed = 1): { text: string; label: string }[] {
  const random = new Random(seed);
  const pick = (words: readonly string[]) => words[random.below(words.length)]!;
  return Array.from({ length: 300 }, (_, i) => {
    const label = Object.keys(subjects)[i % 3]!;
    // Subjects mix, so that no text is decided by one word alone.
    const other = Object.keys(subjects)[(i + 1 + random.below(2)) % 3]!;
    const words = Array.from({ length: 12 + random.below(8) }, () => {
      const drawn = random.uniform();
      return pick(drawn < 0.22 ? subjects[label]! : drawn < 0.3 ? subjects[other]! : common);
    });
    return { text: words.join(" "), label };
  });
}

/** The same tickets, with a word in a fifth of those of one class that says nothing of it. */
export function leakyTickets(
  word = "zendesk7",
  label = "billing",
  share = 0.2,
): { text: string; label: string }[] {
  const random = new Random(2);
  return tickets().map((ticket) => {
    if (ticket.label !== label || random.uniform() >= share) return ticket;
    const words = ticket.text.split(" ");
    words.splice(random.below(words.length + 1), 0, word);
    return { ...ticket, text: words.join(" ") };
  });
}

const table = (rows: readonly { text: string; label: string }[]) =>
  stringify(rows, { columns: ["text", "label"] });

/** The tables, and the rules, of the story of docs/audit.md. */
export const ticketInputs: Readonly<Record<string, string>> = {
  "tickets.csv": table(leakyTickets()),
  "tickets-clean.csv": table(tickets()),
  "rules.json": JSON.stringify(
    {
      rules: [
        { check: "relevance", tokens: ["zendesk7"], below: 0.02 },
        { check: "flips", group: "code", below: 0.05 },
        { check: "speaks", word: "refund", class: "billing", atLeast: 0.8 },
        { check: "accuracy", atLeast: 0.7 },
      ],
    },
    null,
    2,
  ),
};
