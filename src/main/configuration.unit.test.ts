import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { connectors } from '#connectivity/connectors';
import { readSettings } from '#connectivity/kit';
import { ConfigurationRefused, parseConfiguration, readConfiguration } from './configuration.ts';

const example = 'docs/examples/installation.json';

describe('the documented example', () => {
  test('is a configuration', () => {
    expect(Object.keys(readConfiguration(example).systems)).toEqual(['erp-main', 'crm-main', 'wms-north', 'wms-south']);
  });

  test('has settings that each connector takes', () => {
    for (const { connector: name, settings } of Object.values(readConfiguration(example).systems)) {
      const connector = connectors.find((candidate) => candidate.name === name);
      const read = connector && readSettings(connector.settings, settings, () => 'a secret');
      expect(read, name).toMatchObject({ ok: true });
    }
  });
});

describe('a configuration is refused', () => {
  const good = () => JSON.parse(readFileSync(example, 'utf8'));

  test('with everything that is wrong, each with its place', () => {
    const wrong = { ...good(), sites: [], colour: 'red' };
    expect(() => parseConfiguration('x.json', wrong)).toThrow(/x\.json[\s\S]*\/sites[\s\S]*/);
    expect(() => parseConfiguration('x.json', wrong)).toThrow(/\/colour: is not known here/);
  });

  test('when a rule names an instance that is not there', () => {
    const wrong = good();
    wrong.routing[0].instance = 'erp-other';
    expect(() => parseConfiguration('x.json', wrong)).toThrow(
      /\/routing\/0\/instance: there is no system named erp-other/,
    );
  });

  test('when a lane’s budget or its maintenance cannot be as it is given', () => {
    const wrong = good();
    const window = { days: ['saturday'], from: '22:00', to: '22:00', timeZone: 'Mars/Base' };
    wrong.systems['erp-main'].lane = { concurrency: 0, maintenance: [window] };
    expect(() => parseConfiguration('x.json', wrong)).toThrow(/\/systems\/erp-main\/lane\/concurrency: /);
    wrong.systems['erp-main'].lane = { concurrency: 4, perSecond: 2.5, maintenance: [window] };
    expect(() => parseConfiguration('x.json', wrong)).toThrow(
      /lane\/maintenance\/0\/from: 22:00 to 22:00[\s\S]*\/0\/timeZone: there is no time zone Mars\/Base/,
    );
    wrong.systems['erp-main'].lane = {
      perSecond: 2.5,
      maintenance: [{ ...window, to: '02:00', timeZone: 'Europe/London' }],
    };
    expect(parseConfiguration('x.json', wrong).systems['erp-main']?.lane?.perSecond).toBe(2.5);
  });

  test('when a proxy to be trusted is no network, or everybody', () => {
    const trusting = (...trustedProxies: readonly string[]) =>
      parseConfiguration('x.json', { ...good(), trustedProxies });
    expect(() => trusting('10.20.0.0/16', '10.20.0.7')).toThrow(/\/trustedProxies\/1: 10\.20\.0\.7 is no network/);
    expect(() => trusting('::/0')).toThrow(/\/trustedProxies\/0: ::\/0 is everybody/);
    expect(trusting('10.20.0.7/32', 'fd00::/8').trustedProxies).toHaveLength(2);
  });

  test('when the file is not there, or is not JSON', () => {
    expect(() => readConfiguration('no-such-file.json')).toThrow(ConfigurationRefused);
    expect(() => readConfiguration('README.md')).toThrow(ConfigurationRefused);
  });
});
