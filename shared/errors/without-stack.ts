/**
 * Creates errors that are expected, such as a field that the caller may not read. Nobody needs
 * their stacks, and recording a stack took longer than everything else for such an error.
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
