import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createAuthority, openPemFolder } from '../../testing/certificates.js';
import { openMailServer } from '../../testing/open-mail-server.js';

const built = new URL('../../dist/partner/config/mail-settings.js', import.meta.url).href;
/** Sends one mail as the chore does, and says what became of it. */
const script = `
  import { createTransport } from 'nodemailer';
  import { describeServer } from '${built}';
  const [smtp, passwordFile] = process.argv.slice(1);
  const server = describeServer({ smtp: new URL(smtp), passwordFile });
  const mail = { from: 'a@example.org', to: 'b@example.org', subject: 'S', text: 'T' };
  const sent = await createTransport({ ...server, requireTLS: true }).sendMail(mail).then(() => 'sent', ({ code }) => code);
  console.log(sent);
  process.exit();
`;

async function send(url: string, passwordFile: string, authorities: string | undefined) {
  const argv = ['--input-type=module', '--eval', script, url, passwordFile];
  const env = { ...process.env, ...(authorities && { NODE_EXTRA_CA_CERTS: authorities }) };
  const child = spawn(process.execPath, argv, {
    cwd: new URL('../..', import.meta.url),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (await text(child.stdout)).trim();
}

describe('a mail by TLS', () => {
  it('is sent with the user’s password to the server of the certificate alone', async () => {
    await using folder = await openPemFolder();
    const [authority, stranger] = [await createAuthority(), await createAuthority('CN=Stranger')];
    const ca = await folder.write('ca.pem', authority.cert);
    const password = await folder.write('password', 'pass word\n');
    const seen: string[] = [];
    const open = async (pair: object, secure: boolean) =>
      openMailServer({
        ...pair,
        secure,
        authOptional: false,
        onAuth({ username, password: given }, { secure: isEncrypted }, callback) {
          seen.push(`${username} ${given} ${isEncrypted}`);
          callback(null, { user: username });
        },
      });
    await using upgraded = await open(await authority.issue(), false);
    await using encrypted = await open(await authority.issue(), true);
    await using foreign = await open(await stranger.issue(), false);
    await using plain = await openMailServer();
    const ask = (protocol: string, port: number, authorities?: string) =>
      send(`${protocol}://hub@localhost:${port}`, password, authorities);
    expect(await ask('smtp', upgraded.port, ca)).toBe('sent');
    expect(await ask('smtps', encrypted.port, ca)).toBe('sent');
    expect(seen).toEqual(Array(2).fill('hub pass word true'));
    expect(upgraded.mails.length + encrypted.mails.length).toBe(2);
    expect(await ask('smtp', upgraded.port)).toMatch(/^E(SOCKET|TLS)$/);
    expect(await ask('smtp', foreign.port, ca)).toMatch(/^E(SOCKET|TLS)$/);
    expect(await ask('smtp', plain.port, ca), 'without STARTTLS').toBe('ETLS');
    expect(seen).toHaveLength(2);
    expect(foreign.mails.length + plain.mails.length).toBe(0);
  });
});
