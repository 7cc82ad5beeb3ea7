import { lacksCorpus, lacksProgram, lacksPython } from "../_skip.ts";
import { type Command, commandsOf } from "./_commands.ts";
import { documents, readRepositoryFile } from "./_documents.ts";
import { planCommands, type Planned, type Skip } from "./_skipped.ts";
import { type Treatment, treatmentOf } from "./_treatments.ts";

/** The command for a machine that has Deno already. */
export function withDeno({ text }: Command): string {
  return text.replace(/^npx -y deno@[\d.]+ /, "deno ");
}

/** Why what a command needs is not on this machine, if it is not. */
function lacks(needs: NonNullable<Treatment["needs"]>): string | undefined {
  if (needs === "corpus") return lacksCorpus;
  return needs.import === undefined ? lacksProgram(needs.program) : lacksPython(needs.import);
}

/** Why a command by itself is not run, if it is not. */
function skipOf(command: Command): Skip | undefined {
  const { covered, needs, reason } = treatmentOf(withDeno(command)) ?? {};
  if (covered !== undefined) return { reason: `${reason}; see ${covered}`, missed: false };
  const missing = needs && lacks(needs);
  return missing === undefined ? undefined : { reason: `${reason}, and ${missing}`, missed: true };
}

/** Every command of the documents, document by document. */
export function allCommands(): Command[] {
  return documents().flatMap((document) => commandsOf(document, readRepositoryFile(document)));
}

/** Whether commands of documents are run on this machine; of a document all, or none. */
export function planned(commands: readonly Command[]): Planned[] {
  return planCommands(
    commands,
    skipOf,
    (command) => treatmentOf(withDeno(command))?.writes ?? [],
  );
}
