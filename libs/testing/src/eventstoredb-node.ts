import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { AppendReq, AppendResp, ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import {
  type Metadata,
  type sendUnaryData,
  Server,
  type ServerCredentials,
  type ServerReadableStream,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { appendTo } from './eventstoredb-append.js';
import type { Faults } from './eventstoredb-faults.js';
import type { MemoryLog } from './eventstoredb-log.js';
import { answersTo, type ReadAnswers } from './eventstoredb-reads.js';
import { connectionBroke, notLeader, refusals, type ServerStatus } from './eventstoredb-refusals.js';

const LARGEST_MESSAGE = 17 * 1024 * 1024;
const HOST = '127.0.0.1';

export interface Cluster {
  readonly log: MemoryLog;
  readonly faults: Faults;
  readonly nodes: readonly ServerNode[];
  /** Commit positions at which subscriptions were asked to begin. */
  readonly subscriptions: number[];
  readonly transport: ServerCredentials;
  /** The `authorization` header that is let in; everyone is when there is none. */
  readonly authorization: string | undefined;
  leader(): ServerNode | undefined;
}

/** Answers to reads are encoded once, when the event is stored, and leave as they are. */
const streamsService = {
  ...StreamsService,
  read: { ...StreamsService.read, responseSerialize: (encoded: Buffer) => encoded },
};

/** One node: a port of its own over the log that all share. It can be stopped and started again on the same port. */
export class ServerNode {
  readonly host = HOST;
  port = 0;
  private server: Server | undefined;

  constructor(private readonly cluster: Cluster) {}

  get leads(): boolean {
    return this.cluster.leader() === this;
  }

  get runs(): boolean {
    return this.server !== undefined;
  }

  get address(): string {
    return `${HOST}:${this.port}`;
  }

  async start(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': LARGEST_MESSAGE });
    server.addService(streamsService, { append: this.append, read: this.read });
    server.addService(GossipService, {
      read: (_call: unknown, answer: sendUnaryData<ClusterInfo>) => answer(null, this.gossip()),
    });
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, answer: sendUnaryData<SupportedMethods>) => answer(null, supported()),
    });
    this.port = await new Promise<number>((resolve, reject) => {
      const bound = (error: Error | null, port: number) => (error ? reject(error) : resolve(port));
      server.bindAsync(this.address, this.cluster.transport, bound);
    });
    this.server = server;
  }

  stop(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  dropConnections(): void {
    this.server?.drain(this.address, 0);
  }

  private readonly append = (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
    const received: AppendReq[] = [];
    call.on('data', (request: AppendReq) => received.push(request));
    call.on('end', () => void this.answerAppend(call.metadata, received, answer));
  };

  private async answerAppend(
    metadata: Metadata,
    received: readonly AppendReq[],
    answer: sendUnaryData<AppendResp>,
  ): Promise<void> {
    const { log, faults } = this.cluster;
    const refused = this.refusalOf(metadata);
    const [status, response] = refused ? [refused] : appendTo(log, received);
    // The write is done by now, whatever becomes of its answer.
    const lost = !status && faults.losesAnswer();
    const takes = faults.takesMs();
    if (takes > 0) await pause(takes, undefined, { ref: false });
    answer(lost ? connectionBroke : status, response);
  }

  private readonly read = (call: ServerWritableStream<ReadReq, Buffer>) => {
    const gone = new AbortController();
    for (const end of ['cancelled', 'close', 'error']) call.on(end, () => gone.abort());
    this.answerRead(call, gone.signal).catch((error: Error) => call.emit('error', error));
  };

  private async answerRead(call: ServerWritableStream<ReadReq, Buffer>, gone: AbortSignal): Promise<void> {
    const options = call.request.getOptions();
    if (!options) throw new Error('a read without options');
    const { log, faults, subscriptions } = this.cluster;
    const refused = this.refusalOf(call.metadata);
    if (!refused && options.hasSubscription()) {
      subscriptions.push(Number(options.getAll()?.getPosition()?.getCommitPosition() ?? 0));
    }
    const answers = refused ?? answersTo({ log, node: this, options, gone });
    const takes = faults.takesMs();
    if (takes > 0) await pause(takes, undefined, { ref: false });
    if (isStatus(answers)) call.emit('error', Object.assign(new Error(answers.details), answers));
    else await send(call, answers, gone);
  }

  /** Who is it, is this the right node, and has something gone wrong? */
  private refusalOf(metadata: Metadata): ServerStatus | undefined {
    const { authorization, faults } = this.cluster;
    const [given] = metadata.get('authorization');
    if (authorization && !given) return refusals['access-denied']();
    if (authorization && given !== authorization) return refusals.unauthenticated();
    if (metadata.get('requires-leader')[0] === 'true' && !this.leads) {
      const leader = this.cluster.leader();
      return leader ? notLeader(leader) : refusals['no-leader']();
    }
    return faults.refuses();
  }

  private gossip(): ClusterInfo {
    const { VNodeState } = gossip.MemberInfo;
    const members = this.cluster.nodes.map((node, index) =>
      new gossip.MemberInfo()
        .setInstanceId(new shared.UUID().setString(`00000000-0000-4000-8000-00000000000${index}`))
        .setTimeStamp(`${Date.now()}0000`)
        .setState(node.leads ? VNodeState.LEADER : VNodeState.FOLLOWER)
        .setIsAlive(node.runs)
        .setHttpEndPoint(new gossip.EndPoint().setAddress(HOST).setPort(node.port)),
    );
    return new gossip.ClusterInfo().setMembersList(members);
  }
}

const isStatus = (answers: ReadAnswers | ServerStatus): answers is ServerStatus => 'code' in answers;

const send = async (call: ServerWritableStream<ReadReq, Buffer>, answers: ReadAnswers, gone: AbortSignal) => {
  try {
    for await (const answer of answers) {
      if (gone.aborted) return;
      if (!call.write(answer)) await once(call, 'drain', { signal: gone });
    }
    call.end();
  } catch (error) {
    if (!gone.aborted) throw error;
  }
};

/** Names in lower case, as a real server gives them. */
const supported = (): SupportedMethods => {
  const methods = [GossipService.read, StreamsService.append, StreamsService.read].map(({ path }) => {
    const [, service = '', method = ''] = path.toLowerCase().split('/');
    return new features.SupportedMethod().setServiceName(service).setMethodName(method);
  });
  return new features.SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList(methods);
};
