import { isUnavailable, ModelUnavailable } from "@heatword/core";
import type { HostedModel } from "@heatword/core/remote";
import { defined } from "../cli/flag.ts";

/** What model the errors are of. */
export interface DiscreetOptions {
  /** What was given as the model: an address, a command, which may hold what is secret. */
  readonly spec: string;
  /** Its name, as the page knows it. */
  readonly name: string;
  /** Told each message in full, for whoever runs the server. */
  readonly onFault: (message: string) => void;
}

/** How the errors of a server or a command begin. */
function subjectOf(spec: string): string {
  const [, command] = /^command:\s*(.*)$/s.exec(spec) ?? [];
  return command === undefined ? spec : `The command ${JSON.stringify(command)}`;
}

const ADDRESS = /\b[a-z][a-z\d+.-]*:\/\/\S*/gi;

/** What is told of an error: of its message no more than is known to hold nothing secret. */
function toldOf(message: string, error: unknown, { spec, name }: DiscreetOptions): Error {
  const subject = subjectOf(spec);
  const rest = message.startsWith(subject) ? message.slice(subject.length) : "";
  const who = `The model "${name}"`;
  const more = "the server's terminal says more";
  const [, status] = /^ answers (\d{3})(?!\d)/.exec(rest) ?? [];
  // What a model says to whoever sent the text is the "error" of its answer.
  const [, says] = error instanceof TypeError ? /^ says: (.*)$/s.exec(rest) ?? [] : [];
  const told = status !== undefined
    ? `${who} answers ${status}: ${more}`
    : says !== undefined
    ? `${who} says: ${says.replaceAll(ADDRESS, "…")}`
    : isUnavailable(error)
    ? `${who} gives no answer: ${more}`
    : `${who} did not take the text: ${more}`;
  if (isUnavailable(error)) return new ModelUnavailable(told);
  if (error instanceof RangeError) return new RangeError(told);
  return error instanceof TypeError ? new TypeError(told) : new Error(told);
}

/**
 * A model whose errors may be told to browsers and clients: they name it as the page does, and hold
 * neither its address nor its command. What they were is for the terminal of the server, once for as
 * long as it stays the same.
 *
 * @param model The model, which whoever opened it closes.
 * @param options What was given as the model, its name, and who is told what went wrong.
 */
export function discreetModel(model: HostedModel, options: DiscreetOptions): HostedModel {
  let last: string | undefined;
  const fault = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== last) options.onFault(message);
    last = message;
    return toldOf(message, error, options);
  };
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw fault(error);
    }
  };
  const { classes, limitation, batchSize, maxWords, notes } = model;
  return {
    classes,
    ...defined({ limitation, batchSize, maxWords, notes }),
    read: (text) => guarded(() => model.read(text)),
    encode: (document) => guarded(() => model.encode(document)),
    scores: async (input, coalitions) => {
      try {
        const scores = await model.scores(input, coalitions);
        last = undefined;
        return scores;
      } catch (error) {
        throw fault(error);
      }
    },
  };
}
