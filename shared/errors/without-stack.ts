/**
 * Makes errors that an operation is expected to have, such as a field that its caller may not read. Nobody reads where in
 * the code they arose, and to write that down took longer than all else that is done for one.
 */
export function withoutStack<Made>(make: () => Made): Made {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
