import { defaultLimits } from '@hub/shared/graphql';
import { idleTimeoutMs } from '@hub/shared/server';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../gateway/config.js';

const folder = fileURLToPath(new URL('../../gateway/docs/examples/', import.meta.url));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** Whether a program is there that reads a kind of file. */
const has = (program: string, ...args: readonly string[]) =>
  spawnSync(program, args, { stdio: 'ignore' }).error === undefined;

function makeFolder() {
  const path = mkdtempSync(join(tmpdir(), 'hub-examples-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** How long the hub keeps an idle connection: `shared/server/http/http-server.ts`. */
const kept = 72;
const deadlineSeconds = readConfig({}, []).operationDeadlineMs / 1_000;

/** The number in front of a unit, after a directive. */
function readNumber(text: string, directive: string): number {
  const [, number] = new RegExp(`^\\s*${directive}\\s+(\\d+)(s|MB|MiB)?;?$`, 'm').exec(text) ?? [];
  if (!number) throw new Error(`There is no ${directive}.`);
  return Number(number);
}

describe('gateway/docs/examples/nginx.conf', () => {
  const text = read('nginx.conf');

  it('has the times and sizes of the hub', () => {
    expect(readNumber(text, 'client_max_body_size')).toBe(defaultLimits.bodyBytes);
    expect(readNumber(text, 'proxy_read_timeout')).toBeGreaterThan(deadlineSeconds);
    expect(readNumber(text, 'keepalive_timeout')).toBeLessThan(kept);
    expect(readNumber(text, 'keepalive_timeout')).toBeGreaterThan(idleTimeoutMs / 1_000);
  });

  it('believes no address that a client gives, and repeats no request', () => {
    expect(text).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(text).toContain('proxy_next_upstream off;');
  });

  it('logs no query, no header and no key of a calendar link', () => {
    const [, form = ''] = /log_format hub '([^']+)'/.exec(text) ?? [];
    expect(form).toContain('$hub_path');
    expect(form).not.toMatch(/\$(request_uri|request|uri|args|query_string|http_\w+)\b/);
    expect(text).toMatch(/map \$uri \$hub_path \{\s+~\^\/export\/links\/ \/export\/links\//);
    expect(text).toMatch(/~\^\/mail\/ \/mail\/\.\.\.;/);
  });

  it.skipIf(!has('nginx', '-v'))('is read by nginx, where there is one', () => {
    using made = makeFolder();
    // Without certificates, which are the operator’s.
    const plain = text
      .replace(/^\s*(ssl_.*|http2 on);$/gm, '')
      .replaceAll(/listen (\S*)443 ssl;/g, 'listen $18443;')
      .replaceAll(/listen (\S*)80;/g, 'listen $18080;')
      .replace('/var/log/nginx', made.path);
    writeFileSync(join(made.path, 'hub.conf'), plain);
    const main = `pid ${made.path}/pid; error_log stderr; events {} http { include ${made.path}/hub.conf; }`;
    writeFileSync(join(made.path, 'nginx.conf'), main);
    run('nginx', '-t', '-q', '-p', made.path, '-c', join(made.path, 'nginx.conf'));
  });
});

describe('gateway/docs/examples/Caddyfile', () => {
  const text = read('Caddyfile');

  it('has the times and sizes of the hub', () => {
    expect(readNumber(text, 'max_size') * 1_000_000).toBe(defaultLimits.bodyBytes);
    expect(readNumber(text, 'response_header_timeout')).toBeGreaterThan(deadlineSeconds);
    expect(readNumber(text, 'keepalive')).toBeLessThan(kept);
    expect(readNumber(text, 'idle')).toBeLessThan(kept);
  });

  it('logs no query, no header and no key of a calendar link', () => {
    const [, pattern = ''] = /request>uri regexp "([^"]+)"/.exec(text) ?? [];
    const shown = (uri: string) => uri.replace(new RegExp(pattern), '$1...');
    expect(shown('/export/links/1/secret.ics')).toBe('/export/links/...');
    expect(shown('/mail/dk/1/secret?language=da')).toBe('/mail/...');
    expect(shown('/graphql?query=%7Ba%7D')).toBe('/graphql?...');
    expect(shown('/graphql')).toBe('/graphql');
    expect(text).toContain('request>headers delete');
  });

  it.skipIf(!has('caddy', 'version'))('is read by Caddy, where there is one', () => {
    const adapted = run('caddy', 'adapt', '--config', join(folder, 'Caddyfile'));
    expect(adapted).toContain('127.0.0.1:4000');
  });
});

const units = readdirSync(folder).filter((name) => name.endsWith('.service'));

describe.each(units)('gateway/docs/examples/%s', (name) => {
  const text = read(name);

  it('starts a compiled server, lets it end its requests, and lets it write to one folder', () => {
    const [, place = ''] = /^WorkingDirectory=\/opt\/cooperation-hub(\S*)$/m.exec(text) ?? [];
    const [, file = ''] = /^ExecStart=\/usr\/bin\/node (?:--\S+ )*(\S+)$/m.exec(text) ?? [];
    const source = join(place.replace('%i', 'nbnp'), file.replace('dist/main.js', 'main.ts'));
    expect(existsSync(fileURLToPath(new URL(`../../${source}`, import.meta.url))), source).toBe(
      true,
    );
    const [, seconds] = /^TimeoutStopSec=(\d+)s$/m.exec(text) ?? [];
    expect(Number(seconds)).toBeGreaterThan(10);
    expect(text).toMatch(/^ProtectSystem=strict$/m);
    expect(text).toMatch(/^StateDirectory=\S+$/m);
  });

  it.skipIf(!has('systemd-analyze', '--version'))(
    'is read by systemd, which finds little that it may still do, where there is one',
    () => {
      using made = makeFolder();
      const unit = join(made.path, name.replace('@.', '@nbnp.'));
      copyFileSync(join(folder, name), join(made.path, name));
      // The program may be elsewhere on this machine.
      writeFileSync(unit, text.replace('/usr/bin/node', process.execPath));
      const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
        encoding: 'utf8',
      });
      expect(stderr.split('\n').filter((line) => line.includes(made.path))).toEqual([]);
      // 10 is a service without any protection, in tenths.
      run('systemd-analyze', 'security', '--offline=yes', '--threshold=15', unit);
    },
  );
});
