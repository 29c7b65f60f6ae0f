using VideoGen.FakeComfy;

await using var server = await FakeComfyServer.StartAsync(FakeComfyOptions.From(args));
Console.WriteLine($"VideoGen.FakeComfy listens on {server.Address}");
await server.WaitForShutdownAsync();
