import { z } from 'zod';
import { UserError } from '../user-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration that cannot be used. The message lists every error. */
export class ConfigError extends UserError {
  override readonly name = 'ConfigError';
}

/** A command line that is invalid. The message explains how to use it. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}

/**
 * Reads the environment with a schema whose keys are the names of the variables. A blank variable
 * counts as not set.
 * @throws {@link ConfigError} with all errors at once.
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
): Readonly<z.output<z.ZodObject<Shape>>> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(set);
  if (result.success) return Object.freeze(result.data);
  const errors = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new ConfigError(`The environment is invalid:\n${errors.join('\n')}`);
}

/** A port of this machine. 0 takes a free one. */
export const port = z.coerce.number().int().min(0).max(65_535);
