import { type ModelKind, modelKinds } from "../../model_kind.ts";
import type { Model } from "../../model.ts";
import type { TokenizerResources } from "../../tokenizer.ts";
import { endCommands, JsonLines } from "./_json_lines.ts";
import { AnswerReader, notesOn, trialText } from "./_protocol.ts";
import type { TextModelOptions } from "./options.ts";
import { type TextInput, textModel } from "./text_model.ts";

export { endCommands };

/** How a model behind a command is used. */
export type CommandModelOptions = Omit<TextModelOptions, "concurrency">;

/**
 * Makes a model of a program that classifies texts: for each line `{"texts": […]}` on its standard
 * input it writes a line `{"classes": […], "scores": [[…], …]}` to its standard output, with a row for
 * each text and a number for each class, before softmax; or `"probabilities"` in place of `"scores"`. A
 * line `{"error": "…"}` says what is wrong.
 *
 * The program is started once, and asked at once for its classes. `close` of the model ends it.
 *
 * @param command What to run, in the words of a shell.
 * @param options How it is used.
 * @param resources Where its tokenizer may look for tables.
 * @returns The model.
 * @throws {Error} If the program ends, or answers anything else; the message has the last it said on
 * standard error. So does `scores` of the model.
 * @throws {Deno.errors.NotCapable} If programs may not be run.
 *
 * @example
 * ```ts ignore
 * import { modelFromCommand } from "@heatword/core/models";
 *
 * const model = await modelFromCommand("python3 examples/toy.py", { batchSize: 256 });
 * ```
 */
export async function modelFromCommand(
  command: string,
  options: CommandModelOptions = {},
  resources: TokenizerResources = {},
): Promise<Model<TextInput>> {
  const lines = new JsonLines(command);
  const reader = new AnswerReader(`The command ${JSON.stringify(command)}`);
  try {
    const raw = await lines.ask({ texts: [trialText] });
    const first = reader.read(raw, [trialText]);
    const notes = notesOn(first, raw);
    return await textModel({
      ...options,
      // Answers come in the order of the questions, one at a time.
      concurrency: 1,
      classes: first.classes,
      limitation: "it is a command that classifies texts",
      ...(notes.length > 0 && { notes }),
      score: (texts) => answerOf(lines, reader, texts),
      close: () => lines.close(),
    }, resources);
  } catch (error) {
    await lines.close();
    throw error;
  }
}

/** Asks for scores. After an answer with another number of rows no other is believed. */
async function answerOf(lines: JsonLines, reader: AnswerReader, texts: readonly string[]) {
  const raw = await lines.ask({ texts });
  try {
    return reader.read(raw, texts).rows;
  } catch (error) {
    const { scores, probabilities = scores } = raw as Record<string, unknown>;
    const isOther = Array.isArray(probabilities) && probabilities.length !== texts.length;
    throw isOther ? lines.distrust((error as Error).message) : error;
  }
}

const PREFIX = /^command:\s*/;

/** Programs that classify texts. */
export const commandKind: ModelKind = modelKinds.register({
  name: "command",
  description:
    '"command: python3 serve.py": a program that answers lines of texts with lines of scores',
  single: true,
  recognises: (spec) => PREFIX.test(spec),
  open: (spec, { batchSize, maxRequests: _, concurrency: __, timeout: ___, ...resources }) =>
    modelFromCommand(
      spec.replace(PREFIX, ""),
      batchSize === undefined ? {} : { batchSize },
      resources,
    ),
});
