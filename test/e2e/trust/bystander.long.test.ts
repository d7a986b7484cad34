import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwnNetwork, type OwnNetwork } from '../network/own-network.js';
import { runCommand, type RunningCommand } from '../network/running-command.js';
import { callerAttacks, type CallerAttack } from './caller-attacks.js';

const connections = 5;
/** A pause of this machine in one round is no p99. If the first rounds do not hold, all decide. */
const firstRounds = 3;
const allRounds = 9;
const windowMs = 3_000;
/** A process of its own, so that what attackers do holds up no bystander here. Plain JavaScript: it is run as text. */
const attackers = `
const { Agent, request } = require('node:http');
let settings;
let agent;
let isOver = false;
let next = 0;
const counts = {};
const send = () => new Promise((resolve) => {
  const { port, bodies } = settings;
  const body = bodies[next++ % bodies.length];
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const sent = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers }, (response) => {
    counts[response.statusCode] = (counts[response.statusCode] ?? 0) + 1;
    response.resume().once('close', resolve);
  });
  sent.once('error', resolve);
  sent.end(body);
});
const keepSending = async () => { while (!isOver) await send(); };
let all = [];
process.on('message', async (what) => {
  if (what.bodies) {
    settings = what;
    agent = new Agent({ keepAlive: true, maxSockets: what.connections, localAddress: '127.0.0.5' });
    process.send('ready');
  }
  if (what === 'begin') all = Array.from({ length: settings.connections }, keepSending);
  if (what !== 'stop') return;
  isOver = true;
  await Promise.all(all);
  agent.destroy();
  process.send(counts);
});
`;

/** Its start takes time of this machine too, so that it comes before what is measured. */
async function openAttack({ write }: CallerAttack, port: number, round: number) {
  const bodies = Array.from({ length: 40 }, (_, index) => Buffer.from(write(round * 40 + index)));
  const attacker = spawn(process.execPath, ['-e', attackers], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const ready = once(attacker, 'message');
  attacker.send({ port, bodies, connections });
  await ready;
  return {
    begin: () => attacker.send('begin'),
    async stop(): Promise<unknown> {
      const counts = once(attacker, 'message');
      attacker.send('stop');
      const [result] = (await counts) as [unknown];
      const ended = once(attacker, 'exit');
      attacker.kill();
      await ended;
      return result;
    },
  };
}

/** The query that the hub proposes when it starts. Several partners answer it together. */
const query = readFileSync(
  new URL('../../../gateway/registry/first-query.graphql', import.meta.url),
  'utf8',
);
const question = JSON.stringify({ query });

function ask(port: number, agent: Agent): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers };
    const sent = request(options, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${response.statusCode}`));
        else resolve(performance.now() - startedAt);
      });
    });
    sent.once('error', reject);
    sent.end(question);
  });
}

/** What a bystander waits for each response, who asks 100 to 200 times a second. */
async function readWaits(port: number, agent: Agent): Promise<number[]> {
  const waits: number[] = [];
  for (const until = performance.now() + windowMs; performance.now() < until; await wait(5))
    waits.push(await ask(port, agent));
  return waits;
}

const p99Of = (waits: readonly number[]): number =>
  waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? NaN;

// Only Linux and Windows take every address of 127.0.0.0/8 for this machine.
describe.skipIf(process.platform === 'darwin')('a bystander', () => {
  let network: OwnNetwork, command: RunningCommand;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  beforeAll(async () => {
    network = await createOwnNetwork();
    const environment = { ...network.environment, LOG_LEVEL: 'warn' };
    command = runCommand('gateway/cli/start.mjs', [], environment);
    await command.until(/The network is running\.[^]*Ctrl-C/);
  }, 120_000);
  afterAll(async () => {
    agent.destroy();
    await command[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  it.each(callerAttacks)(
    'waits at most twice as long beside five connections of $name',
    async (one) => {
      // Of all rounds together.
      const calm: number[] = [];
      const attacked: number[] = [];
      const slowdown = () => p99Of(attacked) / p99Of(calm);
      for (let round = 0; round < allRounds; round += 1) {
        if (round === firstRounds && slowdown() < 2) break;
        const attack = await openAttack(one, network.hubPort, round);
        calm.push(...(await readWaits(network.hubPort, agent)));
        attack.begin();
        attacked.push(...(await readWaits(network.hubPort, agent)));
        const counts = await attack.stop();
        process.stdout.write(
          `${one.name}: p99 ${p99Of(calm).toFixed(1)} ms, attacked ${p99Of(attacked).toFixed(1)} ms, ${JSON.stringify(counts)}\n`,
        );
      }
      expect(slowdown()).toBeLessThan(2);
    },
  );
});
