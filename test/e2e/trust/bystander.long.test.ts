import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { median } from '../network/measure.js';
import { createOwnNetwork, type OwnNetwork } from '../network/own-network.js';
import { runCommand, type RunningCommand } from '../network/running-command.js';
import { callerAttacks, type CallerAttack } from './caller-attacks.js';

const connections = 5;
const rounds = 3;
const windowMs = 3_000;
/** A thread of its own, so that what attackers do holds up no bystander here. Plain JavaScript: it is run as text. */
const attackers = `
const { Agent, request } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
const { port, bodies, connections } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: connections, localAddress: '127.0.0.5' });
let isOver = false;
let next = 0;
const counts = {};
const send = () => new Promise((resolve) => {
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
const all = Array.from({ length: connections }, keepSending);
parentPort.once('message', async () => {
  isOver = true;
  await Promise.all(all);
  agent.destroy();
  parentPort.postMessage(counts);
});
`;

function attack({ write }: CallerAttack, port: number, round: number) {
  const bodies = Array.from({ length: 40 }, (_, index) => Buffer.from(write(round * 40 + index)));
  const workerData = { port, bodies, connections };
  const worker = new Worker(attackers, { eval: true, workerData });
  return {
    begun: once(worker, 'online'),
    async stop(): Promise<unknown> {
      const counts = once(worker, 'message');
      worker.postMessage('stop');
      const [result] = (await counts) as [unknown];
      await worker.terminate();
      return result;
    },
  };
}

const question = JSON.stringify({ query: '{ policeUnits(filter: {country: "DK"}) { name } }' });

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

/** The 99th percentile of what a bystander waits, who asks 100 to 200 times a second. */
async function readP99(port: number, agent: Agent): Promise<number> {
  const taken: number[] = [];
  for (const until = performance.now() + windowMs; performance.now() < until; await wait(5))
    taken.push(await ask(port, agent));
  return taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.99)] ?? NaN;
}

// Only Linux and Windows take every address of 127.0.0.0/8 for this machine.
describe.skipIf(process.platform === 'darwin')('a bystander', () => {
  let network: OwnNetwork, command: RunningCommand;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  beforeAll(async () => {
    network = await createOwnNetwork();
    const others = 'ee,fi,is,lt,lv,ncm,no,se';
    const environment = { ...network.environment, LOG_LEVEL: 'warn' };
    command = runCommand('gateway/cli/start.mjs', ['--without', others], environment);
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
      const ratios: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const calm = await readP99(network.hubPort, agent);
        const running = attack(one, network.hubPort, round);
        await running.begun;
        const attacked = await readP99(network.hubPort, agent);
        const counts = await running.stop();
        ratios.push(attacked / calm);
        process.stdout.write(
          `${one.name}: p99 ${calm.toFixed(1)} ms, attacked ${attacked.toFixed(1)} ms, ${JSON.stringify(counts)}\n`,
        );
      }
      expect(median(ratios)).toBeLessThan(2);
    },
  );
});
