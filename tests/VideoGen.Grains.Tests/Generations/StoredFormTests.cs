using System.Text.Json;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Tests.Generations;

/// <summary>Samples are what earlier builds stored; a build that cannot read one of them loses somebody's generations.</summary>
public sealed class StoredFormTests
{
    private const string Completed = """
        {"Request":{"Owner":"public","CharacterImage":"character_1.jpg","Script":"A fox waves.","DurationSeconds":5,"Side":768},
        "Status":2,"Version":6,"Place":41,"CreatedAt":"2026-11-24T12:00:00+00:00","UpdatedAt":"2026-11-24T12:00:09+00:00",
        "StartedAt":"2026-11-24T12:00:01+00:00","Attempt":{"Number":1,"Backend":"huggingface","IsPreview":false,
        "RepeatCostsMoney":true,"Plan":{"Provider":"fal-ai","ProviderModel":"fal-ai/wan","Model":"Wan-AI/Wan2.2-I2V-A14B",
        "BodyHash":"ab","Credential":"c0ffee"},"IntendedAt":"2026-11-24T12:00:01+00:00","Job":{"Id":"job","StatusPath":"/s",
        "ResultPath":"/r","CancelPath":"/c"},"SubmittedAt":"2026-11-24T12:00:02+00:00","Result":{"Location":"https://cdn/x.mp4"},
        "Original":{"Name":"o-1.mp4","Bytes":10,"Sha256":"aa"},"IsOver":false},"AttemptsBefore":0,
        "Film":{"Video":"o.mp4","Poster":"o.jpg","DurationSeconds":5,"Width":768,"Height":768,"Bytes":9},
        "OrderedAt":"2026-11-24T12:00:00+00:00","Interruptions":0}
        """;

    [Fact]
    public void A_completed_generation_of_the_first_build_loads_whole()
    {
        var generation = JsonSerializer.Deserialize<Generation>(Completed)!;

        Assert.Equal(GenerationStatus.Completed, generation.Status);
        Assert.Equal(41, generation.Place);
        Assert.Equal("fal-ai", generation.Attempt!.Plan.Provider);
        Assert.Equal("o-1.mp4", generation.Attempt.Original!.Name);
        Assert.Equal("o.jpg", generation.Film!.Poster);
        Assert.Empty(generation.Log.Lines);
        Assert.Equal(JsonSerializer.Serialize(generation), JsonSerializer.Serialize(JsonSerializer.Deserialize<Generation>(
            JsonSerializer.Serialize(generation))));
    }

    [Fact]
    public void A_generation_without_a_shape_is_a_square_with_whatever_sound_the_model_makes()
    {
        var generation = JsonSerializer.Deserialize<Generation>(Completed)!;

        Assert.Equal(new FrameSize(768, 768), generation.Request!.Frame);
        Assert.Equal((null, Fit.Cover), (generation.Request.AspectRatio, generation.Request.Fit));
        Assert.False(generation.Request.IsSilent);
        Assert.Equal((false, null, null), (generation.Film!.HasSound, generation.Film.PlaybackRate, generation.Film.HeldSeconds));
    }

    [Fact]
    public void A_generation_with_a_shape_and_sound_loads_whole()
    {
        var generation = JsonSerializer.Deserialize<Generation>("""
            {"Request":{"Owner":"public","CharacterImage":"c.jpg","Script":"x","DurationSeconds":7,"Side":512,
            "AspectRatio":"9:16","Width":512,"Height":910,"Fit":1,"IsSilent":false},"Status":2,
            "Version":6,"Place":1,"CreatedAt":"2026-11-30T12:00:00+00:00","UpdatedAt":"2026-11-30T12:00:09+00:00",
            "Film":{"Video":"o.mp4","Poster":"o.jpg","DurationSeconds":7,"Width":512,"Height":910,"Bytes":9,"PosterBytes":3,
            "HasSound":true,"PlaybackRate":null,"HeldSeconds":3}}
            """)!;

        Assert.Equal(("9:16", new FrameSize(512, 910), Fit.Contain),
            (generation.Request!.AspectRatio, generation.Request.Frame, generation.Request.Fit));
        Assert.Equal((true, null, 3.0), (generation.Film!.HasSound, generation.Film.PlaybackRate, generation.Film.HeldSeconds));
        Assert.DoesNotContain("Frame", JsonSerializer.Serialize(generation), StringComparison.Ordinal);
    }

    [Fact]
    public void A_generation_that_moved_to_another_model_loads_whole()
    {
        var generation = JsonSerializer.Deserialize<Generation>("""
            {"Request":{"Owner":"public","CharacterImage":"c.jpg","Script":"x","DurationSeconds":3,"Side":512,"Model":"wan"},
            "Status":0,"Version":2,"Place":1,"CreatedAt":"2026-11-30T12:00:00+00:00","UpdatedAt":"2026-11-30T12:00:00+00:00",
            "OrderedModel":"wan","OtherModel":"ltx","Log":{"Lines":[{"Version":2,"At":"2026-11-30T12:00:00+00:00","Kind":17,
            "Status":0,"Attempt":0,"Error":{"Code":"payment_required","Message":"No credit.","Retryable":true},"Detail":"LTX"}],
            "IsTruncated":false}}
            """)!;

        Assert.Equal(("wan", "wan", "ltx"), (generation.Request!.Model, generation.OrderedModel, generation.Model));
        Assert.Equal((LogKind.ModelChanged, "LTX"), (generation.Log.Lines[0].Kind, generation.Log.Lines[0].Detail));
        Assert.DoesNotContain("\"Model\":\"ltx\"", JsonSerializer.Serialize(generation), StringComparison.Ordinal);
    }

    [Fact]
    public void A_generation_of_an_earlier_build_names_no_model()
    {
        Assert.Null(JsonSerializer.Deserialize<Generation>(Completed)!.Model);
    }

    [Fact]
    public void An_accepted_generation_that_holds_only_the_first_properties_loads_and_goes_on()
    {
        var generation = JsonSerializer.Deserialize<Generation>("""
            {"Request":{"Owner":"public","CharacterImage":"c.jpg","Script":"x","DurationSeconds":3,"Side":512},"Status":0,
            "Version":1,"Place":1,"CreatedAt":"2026-11-24T12:00:00+00:00","UpdatedAt":"2026-11-24T12:00:00+00:00"}
            """)!;

        Assert.Equal(LedgerStep.Submit, generation.NextStep);
    }

    [Fact]
    public void A_generation_with_a_log_loads_with_all_its_lines()
    {
        var generation = JsonSerializer.Deserialize<Generation>("""
            {"Request":{"Owner":"public","CharacterImage":"c.jpg","Script":"x","DurationSeconds":3,"Side":512},"Status":3,
            "Version":3,"Place":1,"CreatedAt":"2026-11-24T12:00:00+00:00","UpdatedAt":"2026-11-24T12:00:00+00:00",
            "Log":{"Lines":[{"Version":1,"At":"2026-11-24T12:00:00+00:00","Kind":0,"Status":0,"Attempt":0},
            {"Version":1,"At":"2026-11-24T12:00:01+00:00","Kind":1,"Status":0,"Attempt":0,"Detail":"Busy."},
            {"Version":2,"At":"2026-11-24T12:00:02+00:00","Kind":2,"Status":1,"Attempt":1,"Detail":"fal-ai"},
            {"Version":3,"At":"2026-11-24T12:00:03+00:00","Kind":9,"Status":3,"Attempt":1,
            "Error":{"Code":"payment_required","Message":"Add credit.","Retryable":true}}],"IsTruncated":true}}
            """)!;

        Assert.Equal([LogKind.Accepted, LogKind.Waiting, LogKind.AttemptStarted, LogKind.Failed],
            generation.Log.Lines.Select(line => line.Kind));
        Assert.Equal("Busy.", generation.Log.Lines[1].Detail);
        Assert.Equal("payment_required", generation.Log.Lines[3].Error!.Code);
        Assert.Equal(GenerationStatus.Failed, generation.Log.Lines[3].Status);
        Assert.True(generation.Log.IsTruncated);
    }

    [Fact]
    public void A_canceled_generation_with_every_wish_loads_whole()
    {
        var generation = JsonSerializer.Deserialize<Generation>("""
            {"Request":{"Owner":"public","CharacterImage":"c.jpg","Script":"x","DurationSeconds":3,"Side":512,"Seed":4294967295,
            "NegativePrompt":"rain","Motion":2,"RegeneratedFrom":"o"},"Status":4,"Version":3,"Place":1,
            "CreatedAt":"2026-11-24T12:00:00+00:00","UpdatedAt":"2026-11-24T12:00:00+00:00",
            "Cancellation":{"RequestedAt":"2026-11-24T12:00:00+00:00","Confirmed":false,"Message":"It may run on."},"IsDeleted":true}
            """)!;

        Assert.Equal((uint.MaxValue, "rain", Motion.High, "o"), (generation.Request!.Seed, generation.Request.NegativePrompt,
            generation.Request.Motion, generation.Request.RegeneratedFrom));
        Assert.Equal((GenerationStatus.Canceled, false, true),
            (generation.Status, generation.Cancellation!.Confirmed, generation.IsDeleted));
    }

    [Fact]
    public void An_expired_generation_loads_with_its_reason_and_what_is_left_to_clear()
    {
        var generation = JsonSerializer.Deserialize<Generation>("""
            {"Request":{"Owner":"public","CharacterImage":"c.jpg","Script":"x","DurationSeconds":3,"Side":512},"Status":5,
            "Version":7,"Place":1,"CreatedAt":"2026-11-24T12:00:00+00:00","UpdatedAt":"2026-12-24T12:00:00+00:00",
            "Expiry":{"At":"2026-12-24T12:00:00+00:00","Reason":1},"IsClearing":true}
            """)!;

        Assert.Equal((true, true, true), (generation.IsFinished, generation.IsExpired, generation.IsClearing));
        Assert.Equal(ExpiryReason.OwnerQuota, generation.Expiry!.Reason);
    }

    [Fact]
    public void A_generation_that_is_announced_loads_with_what_it_still_owes()
    {
        var generation = JsonSerializer.Deserialize<Generation>("""
            {"Request":{"Owner":"public","CharacterImage":"c.jpg","Script":"x","DurationSeconds":3,"Side":512,
            "WebhookUrl":"https://shop.example/hooks"},"Status":4,"Version":4,"Place":1,"CreatedAt":"2026-11-24T12:00:00+00:00",
            "UpdatedAt":"2026-11-24T12:00:00+00:00","Log":{"Lines":[
            {"Version":2,"At":"2026-11-24T12:00:02+00:00","Kind":9,"Status":3,"Attempt":1},
            {"Version":3,"At":"2026-11-24T12:00:03+00:00","Kind":14,"Status":0,"Attempt":1},
            {"Version":4,"At":"2026-11-24T12:00:04+00:00","Kind":13,"Status":4,"Attempt":1}]},"AnnouncedVersion":2}
            """)!;

        Assert.Equal(4, Assert.Single(generation.OwedEvents()).Version);
        Assert.False(generation.Announced(4).OwesWebhooks);
    }

    [Fact]
    public void Properties_of_a_newer_build_are_ignored() =>
        Assert.False(JsonSerializer.Deserialize<Generation>("""{"FromTheFuture":{"x":1}}""")!.IsAccepted);
}
