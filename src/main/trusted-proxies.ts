import { isNetwork } from '#platform/alerts/runtime';

/** What is wrong with the networks of trusted proxies, each line with its place. */
export const proxyFailures = (networks: readonly string[] = []): readonly string[] =>
  networks.flatMap((network, index) => {
    const place = `/trustedProxies/${index}`;
    if (!isNetwork(network)) {
      return [`${place}: ${network} is no network; write it as 10.20.0.0/16, a single proxy as 10.20.0.7/32`];
    }
    return network.endsWith('/0') ? [`${place}: ${network} is everybody; name the networks of the proxies alone`] : [];
  });
