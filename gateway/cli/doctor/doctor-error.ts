/** Why nothing can be checked. The message is for the user of the command. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError';
}
