export { createJsonRpc, type JsonRpc, type JsonRpcReply, type JsonRpcRequest } from './json-rpc.ts';
