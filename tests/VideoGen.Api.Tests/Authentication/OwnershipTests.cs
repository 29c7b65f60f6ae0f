using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Notifications;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Authentication;

/// <summary>Two owners on one server: for every route there is, what the second gets of the first, which is nothing.</summary>
public sealed class OwnershipTests : IDisposable
{
    private static readonly string Film = "film" + MediaOwner.TagOf("alice") + ".mp4";
    private static readonly string Picture = "picture" + MediaOwner.TagOf("alice") + ".jpg";

    /// <summary>By the operation of the OpenAPI document: a route that is not listed fails the test.</summary>
    private static readonly Dictionary<string, Func<Two, Task>> Routes = new()
    {
        ["getHealth"] = two => two.AnswersAsync("/health", "GET", HttpStatusCode.OK),
        ["listModels"] = two => two.AnswersAsync("/models", "GET", HttpStatusCode.OK),    // the same for everybody
        ["uploadCharacter"] = async two =>
            Assert.Contains(MediaOwner.TagOf("bob"), await two.Bob.UploadAsync(), StringComparison.Ordinal),
        ["generateVideo"] = OrderWithTheOthersPictureAsync,
        ["listGenerations"] = async two =>
            Assert.Empty((await (await two.Bob.GetAsync("/generations")).JsonAsync()).EnumerateArray()),
        ["watchGenerations"] = WatchAsync,
        ["getGeneration"] = two => two.FindsNothingAsync("GET", ""),
        ["getGenerationLog"] = two => two.FindsNothingAsync("GET", "/log"),
        ["watchGeneration"] = two => two.FindsNothingAsync("GET", "/events"),
        ["cancelGeneration"] = two => two.FindsNothingAsync("POST", "/cancel"),
        ["retryGeneration"] = two => two.FindsNothingAsync("POST", "/retry"),
        ["regenerateGeneration"] = two => two.FindsNothingAsync("POST", "/regenerate"),
        ["deleteGeneration"] = two => two.FindsNothingAsync("DELETE", ""),
        ["getGenerationWebhook"] = two => two.FindsNothingAsync("GET", "/webhook"),
        ["replayGenerationWebhook"] = two => two.FindsNothingAsync("POST", "/webhook/replay"),
        ["getUpload"] = two => two.AnswersAsync("/uploads/" + Picture, "GET", HttpStatusCode.NotFound),
        ["createVideo"] = CreateWithTheOthersPictureAsync,
        ["listVideos"] = async two => Assert.Empty(
            (await (await two.Bob.GetAsync("/v1/videos")).JsonAsync()).GetProperty("data").EnumerateArray()),
        ["getVideoStatus"] = two => two.FindsNoVideoAsync("GET", ""),
        ["getVideoContent"] = two => two.FindsNoVideoAsync("GET", "/content"),
        ["deleteVideo"] = two => two.FindsNoVideoAsync("DELETE", ""),
        ["remixVideo"] = two => two.FindsNoVideoAsync("POST", "/remix"),
        ["listOpenAiModels"] = two => two.AnswersAsync("/v1/models", "GET", HttpStatusCode.OK),
        ["getOpenAiModel"] = two => two.AnswersAsync("/v1/models/videogen", "GET", HttpStatusCode.OK),
        ["createCharacter"] = CreateCharacterWithTheOthersPictureAsync,
        ["listCharacters"] = two => two.ListsNothingAsync("/characters"),
        ["getCharacter"] = two => two.FindsNoCharacterAsync("GET", ""),
        ["changeCharacter"] = two => two.FindsNoCharacterAsync("PATCH", ""),
        ["deleteCharacter"] = two => two.FindsNoCharacterAsync("DELETE", "?force=true"),
        ["listCharacterGenerations"] = two => two.FindsNoCharacterAsync("GET", "/generations"),
        ["createStoryboard"] = CreateStoryboardWithTheOthersCharacterAsync,
        ["listStoryboards"] = two => two.ListsNothingAsync("/storyboards"),
        ["getStoryboard"] = two => two.FindsNoStoryboardAsync("GET", ""),
        ["changeStoryboard"] = two => two.FindsNoStoryboardAsync("PATCH", ""),
        ["deleteStoryboard"] = two => two.FindsNoStoryboardAsync("DELETE", "?force=true"),
        ["renderStoryboard"] = two => two.FindsNoStoryboardAsync("POST", "/render"),
        ["retryStoryboard"] = two => two.FindsNoStoryboardAsync("POST", "/retry"),
        ["cancelStoryboard"] = two => two.FindsNoStoryboardAsync("POST", "/cancel"),
        ["changeShot"] = two => two.FindsNoStoryboardAsync("PATCH", "/shots/1"),
        ["regenerateShot"] = two => two.FindsNoStoryboardAsync("POST", "/shots/1/regenerate"),
        ["retryShot"] = two => two.FindsNoStoryboardAsync("POST", "/shots/1/retry"),
        ["cancelShot"] = two => two.FindsNoStoryboardAsync("POST", "/shots/1/cancel"),
        ["watchStoryboard"] = two => two.FindsNoStoryboardAsync("GET", "/events"),
        ["getVideo"] = two => two.AnswersAsync("/videos/" + Film, "GET", HttpStatusCode.NotFound),
    };

    private readonly KeyBox _box = new();

    [Fact]
    public async Task An_owner_gets_nothing_of_another_one_from_any_route()
    {
        var keys = (Alice: _box.Add("alice"), Bob: _box.Add("bob"));
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var two = new Two(api, keys.Alice, keys.Bob);
        await two.FillAsync();
        using var answer = await api.Client.GetAsync("/openapi.json");
        var operations = from path in (await answer.JsonAsync()).GetProperty("paths").EnumerateObject()
                         from operation in path.Value.EnumerateObject()
                         select operation.Value.Text("operationId");

        foreach (var operation in operations.ToList())
        {
            Assert.True(
                Routes.TryGetValue(operation, out var tryAsync),
                $"Say in {nameof(OwnershipTests)} what {operation} gives a stranger.");
            await tryAsync(two);
            Assert.All(two.Generations, generation => Assert.Equal(generation, api.Cluster.Find(generation.Id)));
        }

        Assert.DoesNotContain(api.Cluster.Requests, request => request.RegeneratedFrom is not null);
        Assert.Equal(
            two.Generations.Select(generation => generation.Id).Order(),
            (await (await two.Alice.GetAsync("/generations")).JsonAsync()).EnumerateArray().Select(item => item.Text("id"))
                .Order());
        await two.AnswersAsync("/videos/" + Film, "GET", HttpStatusCode.OK, two.Alice);
    }

    private static async Task OrderWithTheOthersPictureAsync(Two two)
    {
        foreach (var picture in new[] { "/uploads/" + Picture, await two.Alice.UploadAsync(), "/uploads/unknown.jpg" })
        {
            using var answer = await two.Bob.PostJsonAsync(
                "/generate-video", $$"""{"characterImageUrl":"{{picture}}","script":"Mine."}""");
            await answer.InvalidAsync("characterImageUrl");
        }
    }

    private static async Task CreateWithTheOthersPictureAsync(Two two)
    {
        foreach (var picture in new[] { "/uploads/" + Picture, Picture, await two.Alice.UploadAsync() })
        {
            using var answer = await two.Bob.PostJsonAsync(
                "/v1/videos", $$"""{"input_reference":"{{picture}}","prompt":"Mine."}""");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("input_reference", (await answer.JsonAsync()).GetProperty("error").Text("param"));
        }
    }

    private static async Task CreateCharacterWithTheOthersPictureAsync(Two two)
    {
        using var answer = await two.Bob.PostJsonAsync(
            "/characters", $$"""{"name":"Mine","pictures":["{{await two.Alice.UploadAsync()}}"]}""");
        await answer.InvalidAsync("pictures[0]");
    }

    private static async Task CreateStoryboardWithTheOthersCharacterAsync(Two two)
    {
        using var answer = await two.Bob.PostJsonAsync(
            "/storyboards",
            $$"""{"title":"Mine","characterId":"{{two.Character.Id}}","shots":[{"script":"She is mine."}]}""");
        await answer.InvalidAsync("characterId");
    }

    private static async Task WatchAsync(Two two)
    {
        using var feed = await EventReader.OpenAsync(two.Bob, "/events");
        Assert.Equal("ready", (await feed.NextEventAsync())!.Name);
        var own = Snapshots.Pending(Orders.NewId(), Orders.Request("bob"));
        two.Api.Hub.Publish(GenerationNotification.Of(two.Generations[0]));
        two.Api.Hub.Publish(GenerationNotification.Of(own));
        Assert.Equal(own.Id, (await feed.NextEventAsync())!.Text("id"));
    }

    public void Dispose() => _box.Dispose();

    private sealed class Two(ApiHost api, string alice, string bob) : IDisposable
    {
        public ApiHost Api { get; } = api;

        public HttpClient Alice { get; } = api.ClientWith(alice);

        public HttpClient Bob { get; } = api.ClientWith(bob);

        /// <summary>What the first owner has: one of every kind that some act is possible with.</summary>
        public List<GenerationSnapshot> Generations { get; } =
            [.. new[] { Snapshots.Pending(Orders.NewId()), Snapshots.Failed(Orders.NewId()), Snapshots.Completed(Orders.NewId()) }
                .Select(generation => generation with { Request = Orders.Request("alice") })];

        public CharacterSnapshot Character { get; } = new(
            Orders.NewId(), "alice", 1, "Ada", "", [Picture], Snapshots.Created, Snapshots.Created);

        private StoryboardSnapshot Storyboard => new(
            Orders.NewId(), "alice",
            new StoryboardSettings("Hers", Character, null, null, 768, 768, 768, false, ShotTransition.Cut, null),
            [], StoryboardStatus.Draft, 1, 1, "", Snapshots.Created, Snapshots.Created, null, null, false, null, []);

        public async Task FillAsync()
        {
            Api.Cluster.Characters[Character.Id] = Character;
            var storyboard = Storyboard;
            Api.Cluster.Storyboards[storyboard.Id] = storyboard;
            foreach (var generation in Generations)
            {
                Api.Cluster.Put(generation);
                Api.Cluster.Append(generation.Id);
            }

            await Api.Media.SaveAsync(MediaKind.Video, Film, (to, token) =>
                to.WriteAsync("film"u8.ToArray(), token).AsTask(), default);
            await Api.Media.SaveAsync(MediaKind.Upload, Picture, (to, token) =>
                to.WriteAsync("jpeg"u8.ToArray(), token).AsTask(), default);
        }

        public async Task AnswersAsync(string path, string method, HttpStatusCode status, HttpClient? who = null)
        {
            using var answer = await (who ?? Bob).SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.Equal((method + path, status), (method + path, answer.StatusCode));
        }

        /// <summary>The same answer, to the letter, as for an id that nobody has; under both prefixes.</summary>
        public async Task FindsNothingAsync(string method, string what)
        {
            var unknown = await AskAsync(method, "", Orders.NewId(), what);
            Assert.Contains("generation_not_found", unknown, StringComparison.Ordinal);
            foreach (var id in Generations.Select(generation => generation.Id))
            {
                Assert.Equal(unknown, await AskAsync(method, "", id, what));
                Assert.Equal(unknown, await AskAsync(method, "/api", id, what));
            }
        }

        public async Task ListsNothingAsync(string path) =>
            Assert.Empty((await (await Bob.GetAsync(path)).JsonAsync()).EnumerateArray());

        public Task FindsNoCharacterAsync(string method, string what) =>
            FindsNoAsync(method, "/characters/", Character.Id, what, "character_not_found");

        public Task FindsNoStoryboardAsync(string method, string what) =>
            FindsNoAsync(method, "/storyboards/", Api.Cluster.Storyboards.Keys.Single(), what, "storyboard_not_found");

        private async Task FindsNoAsync(string method, string list, string id, string what, string code)
        {
            foreach (var one in new[] { id, Orders.NewId() })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), list + one + what);
                request.Content = method is "PATCH" ? new StringContent("{}") : null;
                using var answer = await Bob.SendAsync(request);
                await answer.ProblemAsync(HttpStatusCode.NotFound, code);
            }
        }

        /// <summary>The same answer as for an id that nobody has.</summary>
        public async Task FindsNoVideoAsync(string method, string what)
        {
            foreach (var id in Generations.Select(generation => generation.Id).Append(Orders.NewId()))
            {
                using var request = new HttpRequestMessage(
                    new HttpMethod(method), $"/v1/videos/video_{id.Replace("-", "", StringComparison.Ordinal)}{what}");
                request.Content = method == "POST" ? new StringContent("""{"prompt":"Mine."}""") : null;
                using var answer = await Bob.SendAsync(request);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                Assert.Equal(
                    """{"error":{"message":"There is no video with this id.","type":"invalid_request_error","""
                    + """
                    "param":"video_id","code":"video_not_found"}}
                    """.Trim(),
                    await answer.Content.ReadAsStringAsync());
            }
        }

        private async Task<string> AskAsync(string method, string prefix, string id, string what)
        {
            using var answer =
                await Bob.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"{prefix}/generation/{id}{what}"));
            await answer.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
            var body = await answer.Content.ReadAsStringAsync();
            return System.Text.RegularExpressions.Regex.Replace(body.Replace(id, "ID"), "\"traceId\":\"[^\"]*\"", "");
        }

        public void Dispose()
        {
            Alice.Dispose();
            Bob.Dispose();
        }
    }
}
