import type { Routes } from './http/http-server.js';
import { provisionRoutes } from './http/provision-routes.js';
import type { ProvisionCounter } from './provision/counter.js';
import { provisionCounterService } from './rpc/provision-counter-service.js';
import type { RpcService } from './rpc/rpc-service.js';

/** Asking the network instead of the citizen, the same at municipalities and prefectures and over both servers. */
export function provisionEntrances(counter: ProvisionCounter): { rpc: RpcService[]; routes: Routes } {
  return { rpc: [provisionCounterService(counter)], routes: (app) => provisionRoutes(app, counter) };
}
