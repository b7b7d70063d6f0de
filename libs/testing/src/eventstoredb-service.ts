import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';
import { generate } from 'selfsigned';
import type { EventStoreDbOptions, EventStoreDbServer } from './eventstoredb-api.js';
import { Faults } from './eventstoredb-faults.js';
import { MemoryLog } from './eventstoredb-log.js';
import { type Cluster, ServerNode } from './eventstoredb-node.js';

/** See `startEventStoreDbServer`. */
export const serveEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStoreDbServer> => {
  const { nodes: count = 1, tls = false, credentials } = options;
  const secret = tls ? await certificate() : undefined;
  const { log, faults } = { log: new MemoryLog(), faults: new Faults() };
  const nodes: ServerNode[] = [];
  let leader: ServerNode | undefined;
  const cluster: Cluster = {
    log,
    faults,
    nodes,
    subscriptions: [],
    transport: secret?.transport ?? ServerCredentials.createInsecure(),
    authorization: credentials && basic(credentials),
    leader: () => leader,
  };
  nodes.push(...Array.from({ length: count }, () => new ServerNode(cluster)));
  for (const node of nodes) await node.start();
  leader = nodes[0];
  /** The next node that runs takes over; it must have everything that was acknowledged. */
  const elect = () => {
    const from = leader ? nodes.indexOf(leader) + 1 : 0;
    leader = [...nodes.slice(from), ...nodes.slice(0, from)].find(({ runs }) => runs);
    log.releaseReplication();
  };
  const stopNode = (node: ServerNode) => {
    node.stop();
    if (node.leads) elect();
  };
  const startNode = async (node: ServerNode) => {
    if (!node.runs) await node.start();
    if (!leader) elect();
  };
  return {
    connectionString: addressOf(nodes, options, secret?.caFile),
    caFile: secret?.caFile,
    nodes: nodes.map((node) => ({
      address: node.address,
      leads: () => node.leads,
      stop: () => stopNode(node),
      start: () => startNode(node),
    })),
    subscriptions: cluster.subscriptions,
    dropConnections: () => nodes.forEach((node) => node.dropConnections()),
    loseNextAnswer: () => faults.loseNextAnswer(),
    loseAnswers: (lost) => faults.loseAnswers(lost),
    slow: (ms, calls) => faults.slow(ms, calls),
    refuse: (kind, calls) => faults.refuse(kind, calls),
    notLeader: elect,
    holdReplication: () => log.holdReplication(),
    releaseReplication: () => log.releaseReplication(),
    tombstone: (stream) => void log.tombstones.add(stream),
    stop: async () => {
      for (const node of nodes) node.stop();
      await secret?.dispose();
    },
  };
};

const basic = ({ username, password }: { readonly username: string; readonly password: string }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Several nodes are found by gossip, one is gone to directly. */
const addressOf = (
  nodes: readonly ServerNode[],
  { credentials, tls }: EventStoreDbOptions,
  caFile: string | undefined,
): string => {
  const user = credentials
    ? `${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}@`
    : '';
  const query = tls ? `tlsCAFile=${encodeURIComponent(caFile ?? '')}` : 'tls=false';
  return `esdb://${user}${nodes.map(({ address }) => address).join(',')}?${query}`;
};

/** An authority of its own in a temporary file, and a certificate of it for the loopback address. */
const certificate = async () => {
  const authority = await generate([{ name: 'commonName', value: '示例 CA' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'eventstoredb-node' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'eventstoredb-'));
  const caFile = join(folder, 'ca.crt');
  await writeFile(caFile, authority.cert);
  const pair = { private_key: Buffer.from(server.private), cert_chain: Buffer.from(server.cert) };
  return {
    caFile,
    transport: ServerCredentials.createSsl(null, [pair]),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
};
