import { arch, cpus, platform } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
  };
}

export const lineOf = ({ date, cpu, cores, system, node }: Machine) =>
  `${date} · ${cpu}, ${cores} cores · ${system} · Node ${node}`;
