using VideoGen.FakeVideos;

await using var server = await FakeVideosServer.StartAsync(FakeVideosOptions.From(args));
Console.WriteLine($"VideoGen.FakeVideos listens on {server.Address}");
await server.WaitForShutdownAsync();
