/** Milliseconds of processor time that this thread has used: unlike a clock, it does not run while others work. */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
