import { describe, expect, it } from 'vitest';
import { ask, createOwnNetwork } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';

describe('npm run token', () => {
  it('prints a token that the hub accepts, and nothing else', async () => {
    await using network = await createOwnNetwork();
    await using hub = runCommand('gateway/cli/hub.mjs', [], network.environment);
    await hub.until(/"msg":"ready"/);
    await using token = runCommand(
      'gateway/cli/token.mjs',
      ['--organisation', 'nbnp', '--role', 'coordinator'],
      network.environment,
    );
    expect(await token.ended).toBe(0);
    const text = token.output().stdout.trim();
    expect(text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);

    const query = '{ partner(code: "nbnp") { name } }';
    expect(await ask(network.hubPort, query, text)).toMatchObject({
      status: 200,
      data: { partner: { name: 'Nordic-Baltic Network of Policewomen' } },
    });
    const refused = await ask(network.hubPort, query, `${text.slice(0, -8)}AAAAAAAA`);
    expect(refused).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(refused.data ?? null).toBeNull();
    hub.kill('SIGTERM');
    expect(await hub.ended).toBe(0);
    expect(hub.output().stdout).not.toContain(text);
  });

  it('ends with 2 and says how, when flags do not fit', async () => {
    await using network = await createOwnNetwork();
    await using token = runCommand(
      'gateway/cli/token.mjs',
      ['--role', 'boss'],
      network.environment,
    );
    expect(await token.ended).toBe(2);
    expect(token.output()).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/--role must be one of[^]*Usage: npm run --silent token/),
    });
  });
});
