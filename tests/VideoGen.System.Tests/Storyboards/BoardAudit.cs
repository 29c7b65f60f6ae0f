using System.Text.Json;
using VideoGen.FakeHub.Requests;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>What has to be true of storyboards in the end, whatever was killed.</summary>
internal sealed class BoardAudit(MortalProduct product)
{
    private const string Unknown = "outcome_unknown";
    private const int MaxRetries = 20;

    private readonly Dictionary<string, int> _unknown = [];
    private readonly List<JsonElement> _boards = [];

    /// <summary>How many outcomes were said to be unknown, each of which a user has retried.</summary>
    public int Unknowns => _unknown.Values.Sum();

    /// <summary>How many failures at the GPU server a user has retried.</summary>
    public int Failures { get; private set; }

    /// <summary>Waits until a storyboard is completed; what failed is retried, as a user would.</summary>
    public async Task EndAsync(string id)
    {
        for (var retries = 0; ; retries++)
        {
            var board = await product.Client.EndBoardAsync(id);
            if (board.Text("status") == "completed")
            {
                _boards.Add(board);
                return;
            }

            Assert.True(board.Text("status") == "failed" && retries < MaxRetries, $"After {retries} retries: {board}");
            foreach (var shot in board.Shots().Where(shot => shot.Text("status") == "failed"))
            {
                Note(shot);
            }

            await product.Client.SendOkAsync(HttpMethod.Post, $"/storyboards/{id}/retry");
        }
    }

    /// <summary>Every joined video is whole and exact, every shot was charged once, and nothing is left behind.</summary>
    public async Task CheckAsync()
    {
        foreach (var board in _boards)
        {
            var cutting = await Cutting.OfAsync(product.Client, board);
            await cutting.CheckAsync(product.Client, board);
            foreach (var shot in board.Shots())
            {
                CheckCharges(shot);
            }
        }

        Assert.Equal(_boards.Select(board => board.Text("id")).Order(), await ListedAsync());

        // A reminder that a kill left over is removed at its next tick, after a minute.
        await Eventually.GetAsync(product.RemindersAsync, left => left.Count == 0, left =>
            "Reminders are left: " + string.Join(", ", left));
        await Eventually.GetAsync(
            () => Task.FromResult(FilesOfJoins()), files => files.Count == _boards.Count * 2,
            files => $"{_boards.Count} joined videos with their posters, and these files: {string.Join(", ", files)}");
    }

    private void Note(JsonElement shot)
    {
        var error = shot.GetProperty("error");
        if (shot.Text("model") == MortalProduct.Free)
        {
            Failures++;
            Assert.True(error.GetProperty("retryable").GetBoolean(), $"{shot}");
            return;
        }

        Assert.True(error.Text("code") == Unknown, $"A paid shot failed: {shot}");
        _unknown[shot.Text("script")] = _unknown.GetValueOrDefault(shot.Text("script")) + 1;
    }

    /// <summary>A submit whose outcome is unknown may have been charged or not.</summary>
    private void CheckCharges(JsonElement shot)
    {
        if (shot.Text("model") == MortalProduct.Paid)
        {
            var charged = product.Hub.Submits.All.Count(submit =>
                submit.Fate is SubmitFate.Accepted && submit.Prompt == shot.Text("script"));
            Assert.InRange(charged, 1, 1 + _unknown.GetValueOrDefault(shot.Text("script")));
        }
    }

    private async Task<IEnumerable<string>> ListedAsync()
    {
        using var page = await product.Client.GetAsync("/storyboards?limit=100");
        page.EnsureSuccessStatusCode();
        return [.. (await page.JsonAsync()).EnumerateArray().Select(board => board.Text("id")).Order()];
    }

    /// <summary>The names of all files of a storyboard begin with its id: joined videos, posters and segments.</summary>
    private List<string> FilesOfJoins() =>
        [.. _boards.SelectMany(board => Directory.GetFiles(
            product.DataDirectory, board.Text("id") + "-*", SearchOption.AllDirectories))];
}
