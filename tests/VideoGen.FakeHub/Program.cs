using VideoGen.FakeHub;

await using var server = await FakeHubServer.StartAsync(FakeHubOptions.From(args));
Console.WriteLine($"VideoGen.FakeHub listens on {server.Address}");
await server.WaitForShutdownAsync();
