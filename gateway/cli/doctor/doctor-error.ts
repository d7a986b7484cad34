/** Why nothing can be checked, in a sentence for whoever ran the command. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError';
}
