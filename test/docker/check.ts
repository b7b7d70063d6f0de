import type { DockerFiles, Service } from './files.js';

export interface Check {
  readonly name: string;
  /** What is wrong; empty when nothing is. */
  readonly find: (files: DockerFiles) => string[];
  /** Makes something wrong that the check must find. */
  readonly plant: (files: DockerFiles) => unknown;
}

export const eachService = (
  { compose }: DockerFiles,
  faultsOf: (name: string, service: Service) => string[],
): string[] =>
  Object.entries(compose.services).flatMap(([name, service]) => faultsOf(name, service).map((it) => `${name}: ${it}`));

/** The fault, unless all is right. */
export const unless = (right: unknown, fault: string): string[] => (right ? [] : [fault]);

export const some = (files: DockerFiles, name: string): Service => files.compose.services[name] as Service;

export const withoutComments = (text: string): string => text.replace(/^\s*#.*$/gm, '');
