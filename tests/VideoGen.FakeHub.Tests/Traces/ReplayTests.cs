using System.Text.Json.Nodes;

namespace VideoGen.FakeHub.Tests.Traces;

public sealed class ReplayTests(TestHub hub) : HubTest(hub)
{
    public static TheoryData<string> Scenarios => [.. RecordedScenario.All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Scenarios))]
    public async Task Official_clients_get_answers_of_the_recorded_shape(string name)
    {
        var scenario = RecordedScenario.All.Single(scenario => scenario.Name == name);
        var replay = new Replay(Hub, scenario);

        foreach (var recorded in scenario.Requests)
        {
            using var answer = await replay.SendAsync(recorded);

            // The Python recordings have no answers: every one of their requests must work.
            Assert.Equal(recorded.Status is { } status ? $"{status}" : "2xx", $"{SeenAs(recorded, answer)}");
            AssertHeaders(recorded, answer);
            if (answer.IsSuccessStatusCode && recorded.Answer?["body"] is JsonObject body)
            {
                AssertHolds(body, await TestHub.ReadAsync(answer));
            }
        }
    }

    private static string SeenAs(RecordedRequest recorded, HttpResponseMessage answer) =>
        recorded.Status is null && answer.IsSuccessStatusCode ? "2xx" : $"{(int)answer.StatusCode}";

    private static void AssertHeaders(RecordedRequest recorded, HttpResponseMessage answer)
    {
        foreach (var (name, value) in recorded.Answer?["headers"]?.AsObject() ?? [])
        {
            if (name == "Content-Type" && recorded.Route is not "/endpoint")
            {
                Assert.Equal(((string)value!).Split(';')[0], answer.Content.Headers.ContentType!.MediaType);
            }
            else if (name != "Content-Type")
            {
                Assert.True(answer.Headers.Contains(name), $"{name} is missing.");
            }
        }
    }

    /// <summary>Everything recorded is there under its name, and the statuses are the same.</summary>
    private static void AssertHolds(JsonObject recorded, JsonNode answer)
    {
        foreach (var (name, value) in recorded)
        {
            Assert.True(answer.AsObject().ContainsKey(name), $"{name} is missing in {answer.ToJsonString()}");
            if (value is JsonObject inner)
            {
                AssertHolds(inner, answer[name]!);
            }
            else if (name == "status")
            {
                Assert.Equal((string?)value, (string?)answer[name]);
            }
        }
    }
}
