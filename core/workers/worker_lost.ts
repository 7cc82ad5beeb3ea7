/** Why a worker gives no more answers. */
export type WorkerLossReason = "failed" | "late";

/** A worker gives no more answers: it failed outside of its tasks, or it took too long. */
export class WorkerLost extends Error {
  /** By which other code tells it. */
  override readonly name: string = "WorkerLost";

  /**
   * Makes the error.
   *
   * @param reason `failed`: an error that no task caught; `late`: no answer within the time limit.
   * @param message The message.
   */
  constructor(readonly reason: WorkerLossReason, message: string) {
    super(message);
  }
}
