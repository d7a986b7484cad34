import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { createTestKeyPair } from '../../testing/key-pair.js';
import { createToken } from './token-command.js';

const create = async (...argv: string[]) => {
  const { key } = await createTestKeyPair('no');
  return createToken(argv, { organisations: ['no'], findKey: () => Promise.resolve(key) });
};

describe('npm run token', () => {
  it('signs for a participant with her own record', async () => {
    const token = await create('--role', 'participant', '--person', 'no:officer-1');
    expect(decodeJwt(token)).toMatchObject({
      iss: 'no',
      org: 'no',
      role: 'participant',
      person: 'no:officer-1',
    });
  });

  it.each([
    ['without a record', ['--role', 'participant']],
    ['with another organisation’s record', ['--role', 'participant', '--person', 'dk:officer-1']],
    ['with an owner alone', ['--role', 'participant', '--person', 'no:']],
    ['of another role with a record', ['--role', 'coordinator', '--person', 'no:officer-1']],
  ])('refuses a participant %s', async (_what, argv) => {
    await expect(create(...argv)).rejects.toThrow('--person must be a record');
  });
});
