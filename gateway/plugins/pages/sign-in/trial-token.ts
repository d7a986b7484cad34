import { HubError } from '@hub/shared/errors';
import { tokens } from '@hub/shared/identity';
import { z } from 'zod';

/** The roles of people. A partner’s own server signs by itself. */
const trialRoles = tokens.roles.filter((role) => role !== 'service');

type SigningKey = Parameters<typeof tokens.signToken>[0]['key'];

/** A working day. */
const lifeSeconds = 8 * 3_600;

/**
 * Signs tokens for users who try the embedded network: the keys of all its organisations are on this
 * machine anyway.
 * @throws HubError `BAD_USER_INPUT`
 */
export function createTrialTokens(
  organisations: readonly string[],
  readKey: (organisation: string) => Promise<SigningKey>,
): (wanted: unknown) => Promise<string> {
  const organisation = z.enum(organisations);
  const form = z.union([
    z.strictObject({ organisation, role: z.enum(trialRoles), person: z.undefined().optional() }),
    z
      .strictObject({ organisation, role: z.literal('participant'), person: z.string().max(256) })
      .refine((one) => one.person.startsWith(`${one.organisation}:`)),
  ]);
  return async (wanted) => {
    const { data } = form.safeParse(wanted);
    if (!data) {
      const message = `A trial needs an organisation (${organisations.join(', ')}) and a role: ${trialRoles.join(', ')}, or participant with a record of that organisation (person).`;
      throw new HubError('BAD_USER_INPUT', { message });
    }
    const { organisation, role, person } = data;
    const key = await readKey(organisation);
    const subject = `trial-${role}`;
    return tokens.signToken({
      key,
      organisation,
      role,
      person,
      subject,
      purpose: 'trial',
      ttl: lifeSeconds,
    });
  };
}
